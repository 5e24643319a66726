using System.Globalization;

namespace RecordHub.Benchmarks.Load;

/// <summary>Arguments of the form <c>--name value</c>.</summary>
internal sealed class Arguments(string[] given)
{
    public bool Has(string name) => given.Contains($"--{name}");

    public string Text(string name, string otherwise)
    {
        int at = Array.IndexOf(given, $"--{name}");
        return at >= 0 && at + 1 < given.Length ? given[at + 1] : otherwise;
    }

    public int Number(string name, int otherwise) =>
        int.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
