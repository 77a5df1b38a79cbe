namespace Lightnix.Benchmarks;

/// <summary>A version of Lightnix.Sdk, and the folder that has it.</summary>
sealed record SdkPackage(string Feed, string Version);
