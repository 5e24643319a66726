using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>What comes of real files, as dicom3tools and DCMTK see it.</summary>
[CancelAfter(300_000)]
public sealed partial class DeidentificationTests
{
    private const int MostFilesOfAFolder = 3;
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("deidentified-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task No_file_has_an_error_that_it_did_not_have_before(CancellationToken token)
    {
        JsonElement[] done = await DeidentifyAsync("clean", token, "--option", "clean-descriptors");
        List<string> worse = [];
        foreach (JsonElement line in done.GroupBy(line => Path.GetDirectoryName(PathOf(line))).SelectMany(group => group.Take(MostFilesOfAFolder)))
        {
            HashSet<string> before = await Dciodvfy.ErrorsAsync(PathOf(line), token);
            HashSet<string> after = await Dciodvfy.ErrorsAsync(Path.Combine(_folder, "clean", line.GetProperty("file").GetString()!), token);
            worse.AddRange(after.Except(before).Select(error => $"{PathOf(line)}: {error}"));
        }

        Assert.That(done, Has.Length.GreaterThan(800));
        Assert.That(worse, Is.Empty);
    }

    [Test]
    public async Task The_directory_says_of_each_file_what_dcmmkdir_says(CancellationToken token)
    {
        await DeidentifyAsync("clean", token);
        string ours = Path.Combine(_folder, "clean", "DICOMDIR");
        string theirs = Path.Combine(_folder, "DICOMDIR.dcmtk");
        (int made, string output) = await Peer.RunAsync(
            "dcmmkdir", token, "-q", "-Pmi", "-Nxc", "-Nec", "-Nrc", "+Nrs", "+I", "-W", "+D", theirs, "+id",
            Path.Combine(_folder, "clean"), "+r", "DICOM");
        (int dumped, string dump) = await Peer.RunAsync("dcmdump", token, ours);
        Dictionary<string, string> expected = Records(await DumpAsync(theirs, token));
        Dictionary<string, string> found = Records(dump);
        string[] differing = [.. expected.Where(pair => found.GetValueOrDefault(pair.Key) != pair.Value)
            .Select(pair => $"{pair.Key}: {pair.Value} became {found.GetValueOrDefault(pair.Key)}")];

        Assert.That(made, Is.Zero, output);
        Assert.That(dumped, Is.Zero, dump);
        Assert.That(expected, Has.Count.GreaterThan(700));
        Assert.That(differing, Is.Empty);
    }

    private async Task<JsonElement[]> DeidentifyAsync(string target, CancellationToken token, params string[] options)
    {
        (_, string output, string error) = await RecordHubProcess.CommandAsync(
            token, ["dicom", "deidentify", SharedFiles.Folder("dicom"), "--recursive", "--out", Path.Combine(_folder, target), "--json", .. options]);
        JsonElement[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.That(lines, Is.Not.Empty, error);
        return [.. lines[..^1].Where(line => line.GetProperty("outcome").GetString() == "deidentified"
            && !PathOf(line).Contains("/bad/", StringComparison.Ordinal))];
    }

    private static async Task<string> DumpAsync(string path, CancellationToken token) =>
        (await Peer.RunAsync("dcmdump", token, path)).Output;

    // Of each file that a record refers to: the record's type, and the identifiers it has.
    private static Dictionary<string, string> Records(string dump)
    {
        Dictionary<string, string> records = [];
        string type = string.Empty;
        string file = string.Empty;
        foreach (Match match in Key().Matches(dump))
        {
            (string tag, string value) = (match.Groups[1].Value, match.Groups[2].Value.TrimEnd());
            if (tag == "0004,1430")
            {
                (type, file) = (value, string.Empty);
            }
            else if (tag == "0004,1500")
            {
                file = value;
                records[file] = type;
            }
            else if (file.Length > 0)
            {
                records[file] += $" {value}";
            }
        }

        return records;
    }

    private static string PathOf(JsonElement line) => line.GetProperty("path").GetString()!;

    [GeneratedRegex(@"^ *\((0004,1430|0004,1500|0004,1510|0004,1511|0004,1512)\) \w\w [=\[]([^\]#]*)", RegexOptions.Multiline)]
    private static partial Regex Key();
}
