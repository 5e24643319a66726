using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.Files;

/// <summary>Warnings about what a header says, as opposed to how it is encoded.</summary>
internal static class HeaderCheck
{
    public static void Warn(DicomDataSet dataSet, DataSetTape tape, WarningList warnings)
    {
        if (dataSet.Contains(DicomTags.SOPInstanceUID) && IsEmpty(dataSet, DicomTags.PatientID))
        {
            warnings.Add(ReadTolerance.EmptyPatientId, 0, DicomTags.PatientID);
        }

        if (dataSet.Contains(DicomTags.SeriesInstanceUID) && IsEmpty(dataSet, DicomTags.SeriesNumber))
        {
            warnings.Add(ReadTolerance.MissingSeriesNumber, 0, DicomTags.SeriesNumber);
        }

        Level(dataSet.CharacterSet, tape, 0, tape.Count, warnings);
    }

    private static bool IsEmpty(DicomDataSet dataSet, DicomTag tag) =>
        !dataSet.GetBytes(tag).Span.ContainsAnyExcept((byte)' ', (byte)0);

    // As deep as the reader lets sequences nest.
    private static void Level(CharacterSet inherited, DataSetTape tape, int first, int end, WarningList warnings)
    {
        CharacterSet characterSet = inherited;
        TapeRow[] rows = tape.Rows;
        for (int row = first; row < end; row += rows[row].Span)
        {
            ref readonly TapeRow at = ref rows[row];
            if (at.Kind == RowKind.Sequence)
            {
                for (int item = row + 1; item <= row + at.Length; item += rows[item].Span)
                {
                    Level(characterSet, tape, item + 1, item + rows[item].Span, warnings);
                }
            }
            else if (at.Tag == DicomTags.SpecificCharacterSet.Value)
            {
                characterSet = CharacterSet.Of(tape.ValueOf(at).Span);
                WarnOfNames(characterSet, warnings);
            }
            else if (at.Kind == RowKind.Value && at.VrOf.UsesCharacterSet())
            {
                ReadOnlySpan<byte> value = tape.ValueOf(at).Span;
                if (!Ascii.IsValid(value) && IsUndecodable(characterSet, value, at.VrOf))
                {
                    warnings.Add(ReadTolerance.UndecodableText, 0, at.TagOf);
                }
            }
        }
    }

    private static bool IsUndecodable(CharacterSet characterSet, ReadOnlySpan<byte> value, DicomVr vr) =>
        characterSet == CharacterSet.Default
        || characterSet.IsUnknown
        || characterSet.Decode(value, ElementText.Delimiters(vr)).Contains('\uFFFD', StringComparison.Ordinal);

    private static void WarnOfNames(CharacterSet characterSet, WarningList warnings)
    {
        if (characterSet.IsMisspelled)
        {
            warnings.Add(ReadTolerance.MisspelledCharacterSet, 0, DicomTags.SpecificCharacterSet);
        }

        if (characterSet.IsUnknown)
        {
            warnings.Add(ReadTolerance.UnknownCharacterSet, 0, DicomTags.SpecificCharacterSet);
        }
    }
}
