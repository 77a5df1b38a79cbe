namespace Lightnix.Tasks;

public sealed class PropertyReferencesTests
{
    [Theory]
    [InlineData("echo", "")]
    [InlineData("$(pwd)", "$(pwd)=pwd")]
    [InlineData("a $(X) b $(Y.Replace('(', ')')) $Z ${Q}", "$(X)=X $(Y.Replace('(', ')'))=Y")]
    [InlineData("$(date +%F)", "$(date +%F)=")]
    [InlineData("$(dirname $(pwd))", "$(dirname $(pwd))=")]
    [InlineData("$([System.IO.Path]::Combine('a','b'))", "")]
    [InlineData("%24(pwd)", "")]
    [InlineData("$((1+2))", "$((1+2))=")]
    [InlineData("$(unclosed", "")]
    [InlineData("$( Name )", "$( Name )=Name")]
    [InlineData("$(Name[0])", "$(Name[0])=Name")]
    [InlineData("$(pwd | tr a b)", "$(pwd | tr a b)=")]
    [InlineData("$(registry:HKEY_LOCAL_MACHINE\\Software@Name)", "")]
    public void Refers_to_properties(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', PropertyReferences.In(text).Select(r => $"{r.Text}={r.Name}")));
}
