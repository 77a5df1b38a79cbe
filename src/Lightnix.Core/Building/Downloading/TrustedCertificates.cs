using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lightnix.Building;

/// <summary>The certificates that an environment trusts by <c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c>, as OpenSSL reads them.</summary>
static class TrustedCertificates
{
    const string FileVariable = "SSL_CERT_FILE", FolderVariable = "SSL_CERT_DIR", ForServers = "1.3.6.1.5.5.7.3.1";

    static readonly ImmutableArray<string> Files =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];
    static readonly ImmutableArray<string> Folders = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

    /// <summary>Null where no variable is set, or where the system ignores them. Then .NET's own certificates count.</summary>
    /// <exception cref="DownloadException">A file of a variable cannot be read.</exception>
    public static X509ChainPolicy? Of(ImmutableSortedDictionary<string, string> environment)
    {
        var (file, folders) = (environment.GetValueOrDefault(FileVariable), environment.GetValueOrDefault(FolderVariable));
        if (!SystemTraits.ReadsCertificateVariables || (string.IsNullOrEmpty(file) && string.IsNullOrEmpty(folders)))
            return null;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode =
            X509RevocationMode.NoCheck,
            ApplicationPolicy = { new Oid(ForServers) }
        };
        if (!string.IsNullOrEmpty(file))
            Add(policy, file, FileVariable);
        else if (Files.FirstOrDefault(File.Exists) is { } known)
            Add(policy, known, null);
        // A variable that is not set keeps the system's default.
        foreach (var folder in string.IsNullOrEmpty(folders) ? Folders : [.. folders.Split(':', StringSplitOptions.RemoveEmptyEntries)])
            if (Directory.Exists(folder))
                foreach (var each in Directory.EnumerateFiles(folder))
                    Add(policy, each, null);
        return policy;
    }

    static void Add(X509ChainPolicy policy, string file, string? variable)
    {
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Folders may hold other files.
            if (variable is not null)
                throw new DownloadException($"{variable} is '{file}', which holds no certificates: {e.Message}");
        }
    }
}
