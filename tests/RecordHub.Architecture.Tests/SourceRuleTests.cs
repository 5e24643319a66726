using System.Text.RegularExpressions;
using NUnit.Framework;

namespace RecordHub.Architecture.Tests;

/// <summary>Rules of how code reads here that no analyzer holds.</summary>
public sealed partial class SourceRuleTests
{
    private const int MostLines = 300;

    // Each with the reason why it is not split.
    private static readonly Dictionary<string, string> s_longFiles = new(StringComparer.Ordinal)
    {
        ["src/RecordHub.Dicom/Files/DataSetParser.Elements.cs"] = "one parser's inner loop; what it shares would cross files",
        ["tests/RecordHub.Server.Tests/Dicom/DicomDoorTests.cs"] = "one fixture of the door, over TCP",
        ["tests/RecordHub.Dicom.Tests/Network/AcceptorWireTests.cs"] = "one fixture of the wire, read against the standard's list",
    };

    private static readonly Dictionary<string, string> s_waiting = new(StringComparer.Ordinal)
    {
        ["src/RecordHub.Storage/Blobs/S3/S3ReadStream.cs"] = "Stream.Read, for parsers, which are not asynchronous: their worker waits",
    };

    [Test]
    public void Time_comes_from_a_TimeProvider() => Assert.That(Offences("src", Clock()), Is.Empty);

    [Test]
    public void Only_the_command_line_writes_to_the_console() => Assert.That(
        Offences("src", ConsoleWrite()).Where(offence => !offence.StartsWith("src/RecordHub.Cli/", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void Logs_take_no_objects_apart() => Assert.That(Offences("src", Destructuring()), Is.Empty);

    [Test]
    public void Logging_is_generated() => Assert.That(Offences("src", PlainLogging()), Is.Empty);

    [Test]
    public void Nobody_sleeps() => Assert.That(Offences("src", Sleep()).Concat(Offences("tests", Sleep())), Is.Empty);

    [Test]
    public void Tests_wait_for_something_and_not_for_time_to_pass() => Assert.That(Offences("tests", Delay()), Is.Empty);

    [Test]
    public void There_are_no_regions() => Assert.That(Offences("src", Region()).Concat(Offences("tests", Region())), Is.Empty);

    [Test]
    public void Asynchronous_methods_are_awaited() => Assert.That(
        Offences("src", Blocking()).Where(offence => !s_waiting.ContainsKey(offence[..offence.LastIndexOf(':')])), Is.Empty);

    [Test]
    public void Everything_is_caught_only_where_the_reason_is_written() => Assert.That(
        Repository.Sources("src").Where(path => CatchAll().IsMatch(Repository.Text(path)))
            .Where(path => !Repository.Text(path).Contains("CA1031", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void Files_are_short_enough_to_read() => Assert.That(
        Repository.Sources("src").Concat(Repository.Sources("tests")).Concat(Repository.Sources("samples"))
            .Where(path => Repository.Lines(path).Length > MostLines && !s_longFiles.ContainsKey(path)),
        Is.Empty);

    [Test]
    public void A_file_is_named_for_what_is_in_it() => Assert.That(
        Repository.Sources("src").Where(path => VagueName().IsMatch(Path.GetFileNameWithoutExtension(path))), Is.Empty);

    [Test]
    public void No_path_of_a_machine_is_written_down()
    {
        string[] roots = ["/home/", "/root/", "C:\\Users"];
        string here = "tests/RecordHub.Architecture.Tests/SourceRuleTests.cs";

        Assert.That(
            Repository.Sources("src").Concat(Repository.Sources("tests")).Concat(Repository.Sources("samples"))
                .Where(path => path != here && roots.Any(root => Repository.Text(path).Contains(root, StringComparison.Ordinal))),
            Is.Empty);
    }

    [Test]
    public void Test_names_are_sentences() => Assert.That(
        Repository.Sources("tests").SelectMany(path => TestMethod().Matches(Repository.Text(path))
            .Select(match => match.Groups[1].Value).Where(name => !name.Contains('_', StringComparison.Ordinal))
            .Select(name => $"{path}: {name}")),
        Is.Empty);

    private static IEnumerable<string> Offences(string folder, Regex wrong)
    {
        foreach (string path in Repository.Sources(folder).Where(path => !path.Contains("Architecture.Tests", StringComparison.Ordinal)))
        {
            string[] lines = Repository.Lines(path);
            for (int i = 0; i < lines.Length; i++)
            {
                if (!lines[i].TrimStart().StartsWith("//", StringComparison.Ordinal) && wrong.IsMatch(lines[i]))
                {
                    yield return $"{path}:{i + 1}";
                }
            }
        }
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bStopwatch\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bConsole\.(Write|WriteLine|Error|Out)\b")]
    private static partial Regex ConsoleWrite();

    [GeneratedRegex(@"""[^""]*\{@\w")]
    private static partial Regex Destructuring();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex PlainLogging();

    [GeneratedRegex(@"\bThread\.Sleep\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bTask\.Delay\(")]
    private static partial Regex Delay();

    [GeneratedRegex(@"^\s*#region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|\basync void\b")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"catch\s*(\(Exception(\s+\w+)?\))?\s*\n\s*\{(?![^}]*throw;)")]
    private static partial Regex CatchAll();

    [GeneratedRegex("(Helper|Helpers|Util|Utils|Manager|Common|Misc)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\[(?:Test|TestCase\([^\]]*\))\]\s*\n\s*public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex TestMethod();
}
