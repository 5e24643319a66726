using System.Globalization;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>
/// What comes of each real file: whole, partial or refused, how much was understood, and every tolerance by name. The
/// table is corpus-outcomes.tsv; <c>RECORDHUB_WRITE_OUTCOMES=1</c> with this test writes it anew, to be reviewed as any
/// change is.
/// </summary>
public class CorpusOutcomeTests
{
    private const string Heading = "file\toutcome\ttransfer syntax\telements\tfragments\ttolerances";

    [Test]
    public void Every_file_comes_out_as_the_table_says()
    {
        string folder = Corpus.Folder("dicom");
        string[] lines = [Heading, .. Corpus.DicomFiles().Select(path => Line(folder, path))];
        string table = Corpus.ProjectFile("Files/corpus-outcomes.tsv");
        if (Environment.GetEnvironmentVariable("RECORDHUB_WRITE_OUTCOMES") == "1")
        {
            File.WriteAllLines(table, lines);
        }

        Assert.That(lines, Is.EqualTo(File.ReadAllLines(table)));
    }

    private static string Line(string folder, string path)
    {
        string file = Path.GetRelativePath(folder, path);
        try
        {
            DicomHeader header = DicomFile.ReadHeader(File.ReadAllBytes(path));
            string outcome = header.TruncatedAt is { } end ? Text($"partial at {end}") : "whole";
            string tolerances = string.Join(' ', header.Warnings.GroupBy(warning => warning.Tolerance).Select(Name));
            return Text(
                $"{file}\t{outcome}\t{header.TransferSyntax}\t{Count(header.DataSet)}\t{header.PixelData?.FragmentCount}\t{tolerances}");
        }
        catch (DicomFormatException refused)
        {
            return Text($"{file}\t{refused.Failure} at {refused.Offset}\t\t\t\t");
        }
    }

    private static string Name(IGrouping<ReadTolerance, ReadWarning> warnings) =>
        warnings.Count() == 1 ? warnings.Key.ToString() : Text($"{warnings.Key}*{warnings.Count()}");

    private static int Count(DicomDataSet dataSet) => dataSet.Sum(element => 1 + element.Items.Sum(Count));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
