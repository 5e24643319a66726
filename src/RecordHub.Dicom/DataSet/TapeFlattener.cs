using System.Text;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.DataSet;

/// <summary>Makes a tape of a data set that owns its elements, so that there is one way to go through any of them.</summary>
internal static class TapeFlattener
{
    /// <summary>The tape and the rows of a data set; of one that was read, without copying.</summary>
    public static DataSetTape Flatten(DicomDataSet dataSet, out int first, out int end)
    {
        if (dataSet.Tape is { } tape)
        {
            (first, end) = dataSet.Rows;
            return tape;
        }

        TapeBuilder builder = new(source: null, int.MaxValue - 100_000);
        bool declares = dataSet.Parent is not null || dataSet.Contains(DicomTags.SpecificCharacterSet);
        CharacterSet characterSet = declares || !HasWideText(dataSet) ? dataSet.CharacterSet : CharacterSet.Utf8;
        if (!declares && characterSet == CharacterSet.Utf8)
        {
            Value(builder, DicomTags.SpecificCharacterSet.Value, DicomVr.CS, "ISO_IR 192"u8);
            builder.MarkUnsorted();
        }

        Level(builder, dataSet, characterSet, declares);
        DataSetTape flat = builder.Build();
        (first, end) = (0, flat.Count);
        return flat;
    }

    /// <summary>Whether text that was built in memory needs more than the default repertoire.</summary>
    public static bool HasWideText(DicomDataSet dataSet)
    {
        foreach (DicomElement element in dataSet)
        {
            bool wide = element.Owned?.Text is { } text && element.Vr.UsesCharacterSet() && !Ascii.IsValid(text);
            if (wide || (element.IsSequence && element.Items.Any(HasWideText)))
            {
                return true;
            }
        }

        return false;
    }

    private static void Level(TapeBuilder builder, DicomDataSet dataSet, CharacterSet inherited, bool mayDeclare)
    {
        CharacterSet characterSet =
            mayDeclare && dataSet.Contains(DicomTags.SpecificCharacterSet) ? dataSet.CharacterSet : inherited;
        foreach (DicomElement element in dataSet)
        {
            uint tag = element.Tag.Value;
            if (element.IsSequence)
            {
                int sequence = builder.Add(tag, DicomVr.SQ, RowKind.Sequence, 0, 0, topLevel: true);
                foreach (DicomDataSet item in element.Items)
                {
                    int row = builder.Add(DicomTags.Item.Value, DicomVr.None, RowKind.Item, 0, 0, topLevel: true);
                    Level(builder, item, characterSet, mayDeclare: true);
                    builder.Close(row);
                }

                builder.Close(sequence);
            }
            else if (element.IsEncapsulated)
            {
                int fragments = builder.Add(tag, element.Vr, RowKind.Fragments, 0, 0, topLevel: true);
                foreach (ReadOnlyMemory<byte> fragment in element.Fragments)
                {
                    Value(builder, DicomTags.Item.Value, DicomVr.OB, fragment.Span);
                }

                builder.Close(fragments);
            }
            else if (!element.IsLoaded)
            {
                builder.AddPlace(tag, element.Vr, element.ValueOffset, element.ValueLength, topLevel: true);
            }
            else
            {
                ReadOnlySpan<byte> value = element.Owned?.Text is { } text
                    ? ElementText.Encode(element.Vr, text, characterSet)
                    : element.Value.Span;
                Value(builder, tag, element.Vr, value);
            }
        }
    }

    private static void Value(TapeBuilder builder, uint tag, DicomVr vr, ReadOnlySpan<byte> value)
    {
        int position = builder.ValueBytes;
        builder.Append(value);
        builder.Add(tag, vr, RowKind.Value, position, value.Length, topLevel: true);
    }
}
