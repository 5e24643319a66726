using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>The table of settings in docs/operations.md is that of the code.</summary>
public sealed class SettingsTableTests
{
    // What makes the reader look at the members of lists.
    private static readonly Dictionary<string, string?> s_lists = new()
    {
        ["Sites:0:Name"] = "North",
        ["Sites:0:AeTitle"] = "NORTH",
        ["Dicom:Aliases:0:AeTitle"] = "OTHER",
        ["Dicom:Aliases:0:Case"] = "1",
    };

    [Test]
    public void Every_setting_stands_in_the_table_with_its_default_and_what_is_allowed()
    {
        Settings settings = new(new ConfigurationBuilder().AddInMemoryCollection(s_lists).Build());
        OptionsReader.Read("/data", settings);
        string[] expected = [.. settings.Known.Select(one =>
            $"| `{one.Key}` | {Default(one.Value.Default)} | {Cell(one.Value.Allowed)} |")];

        string[] written = [.. File.ReadLines(Page()).SkipWhile(line => line != "| Key | Default | Allowed |").Skip(2)
            .TakeWhile(line => line.StartsWith('|'))];

        Assert.That(written, Is.EqualTo(expected), "The table should be:\n" + string.Join('\n', expected));
    }

    private static string Default(string value) => value switch
    {
        "True" or "False" => value.ToLowerInvariant(),
        "-1" => "as for all",
        _ => Cell(value),
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Page()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("RecordHub.sln is in no folder above the tests.");
        }

        return Path.Combine(folder.FullName, "docs", "operations.md");
    }
}
