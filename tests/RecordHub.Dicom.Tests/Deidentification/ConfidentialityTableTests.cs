using NUnit.Framework;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Deidentification;

public class ConfidentialityTableTests
{
    [Test]
    public void Every_row_of_the_standards_table_is_here_with_each_of_its_options()
    {
        string[] columns = ["rtnSafePrivOpt", "cleanGraphOpt"];
        string[] lines = File.ReadAllLines(Path.Combine(Corpus.Folder("standard"), "confidentiality-profile.tsv"));
        string[] names = lines[0].Split('\t');
        Assert.That(names[^2..], Is.EqualTo(columns.Reverse()));
        int compared = 0;
        foreach (string[] fields in lines.Skip(1).Select(line => line.Split('\t')).Where(fields => fields.Length == names.Length))
        {
            if (!uint.TryParse(fields[0], System.Globalization.NumberStyles.AllowHexSpecifier, null, out uint tag))
            {
                continue;
            }

            ConfidentialityTable.Row row = ConfidentialityTable.Rows[tag];
            string options = string.Concat(fields[4..].Select(field => field.Length == 0 ? "." : field));
            Assert.That(row.Options, Is.EqualTo(options), fields[0]);
            Assert.That(row.Basic, Is.EqualTo(Last(fields[3])), fields[0]);
            compared++;
        }

        Assert.That(compared, Is.GreaterThan(610));
        Assert.That(SafePrivateElements.Count, Is.GreaterThan(80));
    }

    private static ConfidentialityAction Last(string action) => action.TrimEnd('*').Split('/')[^1] switch
    {
        "X" => ConfidentialityAction.Remove,
        "Z" => ConfidentialityAction.Empty,
        "D" => ConfidentialityAction.Dummy,
        _ => ConfidentialityAction.MapUid,
    };
}
