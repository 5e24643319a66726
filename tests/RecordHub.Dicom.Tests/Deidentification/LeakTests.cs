using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Deidentification;

/// <summary>Nothing that was to be taken out of a real file is anywhere in what came of it: nested, private, file meta.</summary>
public class LeakTests
{
    private const int MinTerm = 6;

    [Test]
    public async Task No_name_number_date_or_UID_of_a_real_file_is_left_in_its_bytes()
    {
        List<string> leaks = [];
        int done = 0;
        foreach (string path in Corpus.DicomFiles())
        {
            byte[] input = await File.ReadAllBytesAsync(path);
            try
            {
                foreach (DeidentificationOptions options in (DeidentificationOptions[])[Deidentified.With(), Careful()])
                {
                    if (await Deidentified.FileAsync(input, options) is { } output)
                    {
                        leaks.AddRange(Leaks(input, output, options).Select(leak => $"{path}: {leak}"));
                        done++;
                    }
                }
            }
            catch (DicomFormatException)
            {
                // Declared.
            }
        }

        Assert.That(done, Is.GreaterThan(1500));
        Assert.That(leaks, Is.Empty);
    }

    private static DeidentificationOptions Careful() => Deidentified.With(
        ConfidentialityOption.CleanDescriptors, ConfidentialityOption.CleanStructuredContent,
        ConfidentialityOption.RetainLongitudinalTemporalModifiedDates, ConfidentialityOption.CleanGraphics,
        ConfidentialityOption.RetainPatientCharacteristics, ConfidentialityOption.RetainSafePrivate);

    private static IEnumerable<string> Leaks(byte[] input, byte[] output, DeidentificationOptions options)
    {
        DicomHeader before = DicomFile.ReadHeader(input);
        DicomHeader after = DicomFile.ReadHeader(output);
        byte[] haystack = after.PixelData is { } pixels && !after.TransferSyntax.IsDeflated
            ? [.. output[..(int)pixels.Offset], .. output[(int)(pixels.Offset + pixels.Length)..]]
            : output;
        if (after.TransferSyntax.IsDeflated)
        {
            haystack = DicomFileWriter.ToBytes(DicomFile.ReadHeader(output, null, DicomReadOptions.WholeFile).DataSet);
        }

        ConfidentialityRules rules = new(options.Options);
        Dictionary<string, DicomTag> terms = [];
        Terms(before.DataSet, rules, terms);
        foreach (ushort meta in (ushort[])[0x0003, 0x0016, 0x0017, 0x0018, 0x0102])
        {
            DicomTag tag = new(0x0002, meta);
            if (before.FileMeta?.GetString(tag) is { Length: >= MinTerm } value
                && !value.StartsWith("1.2.840.10008.", StringComparison.Ordinal))
            {
                terms[value] = tag;
            }
        }

        return terms.Where(term => haystack.AsSpan().IndexOf(System.Text.Encoding.Latin1.GetBytes(term.Key)) >= 0)
            .Select(term => $"{term.Value} {term.Key}");
    }

    private static void Terms(DicomDataSet dataSet, ConfidentialityRules rules, Dictionary<string, DicomTag> terms)
    {
        foreach (DicomElement element in dataSet)
        {
            foreach (DicomDataSet item in element.Items)
            {
                Terms(item, rules, terms);
            }

            bool taken = element.Vr is DicomVr.PN or DicomVr.UI or DicomVr.DA or DicomVr.DT
                || (element.Vr is DicomVr.LO or DicomVr.SH or DicomVr.ST or DicomVr.LT or DicomVr.AE
                    && !(ConfidentialityTable.TryFind(element.Tag, out ConfidentialityTable.Row row)
                        && row.Has(ConfidentialityOption.CleanDescriptors)));
            if (!taken || element.Tag.IsPrivate || !DicomDictionary.IsKnown(element.Tag)
                || rules.ActionFor(element.Tag, element.Vr) == ConfidentialityAction.Keep)
            {
                continue;
            }

            foreach (string value in dataSet.GetStrings(element.Tag).Where(value => value.Length >= MinTerm))
            {
                if (!value.StartsWith("1.2.840.10008.", StringComparison.Ordinal) && value != "19000101" && value != "ANONYMIZED")
                {
                    terms[value] = element.Tag;
                }
            }
        }
    }
}
