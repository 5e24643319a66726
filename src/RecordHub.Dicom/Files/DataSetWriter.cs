using System.Buffers;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.Files;

/// <summary>Writes a data set: sequences with undefined lengths, values padded to even ones (PS3.5 §7).</summary>
/// <param name="output">Where it goes.</param>
/// <param name="syntax">In which encoding.</param>
/// <param name="places">Told of each value that is not here, when its header is written; null: there must be none.</param>
internal sealed class DataSetWriter(
    IBufferWriter<byte> output, TransferSyntax syntax, Action<DicomElement, ElementWriter>? places = null)
{
    private readonly ElementWriter _writer = new(output, syntax.IsExplicitVr, syntax.ByteOrder == ByteOrder.BigEndian);

    public void Write(DicomDataSet dataSet)
    {
        // Text that was built in memory and declares nothing is written in UTF-8, and says so.
        bool declares = dataSet.Parent is not null || dataSet.Contains(DicomTags.SpecificCharacterSet);
        CharacterSet? added = declares || !TapeFlattener.HasWideText(dataSet) ? null : CharacterSet.Utf8;
        Level(dataSet, added ?? dataSet.CharacterSet, added is not null);
    }

    private void Level(DicomDataSet dataSet, CharacterSet inherited, bool declareUtf8)
    {
        CharacterSet characterSet = !declareUtf8 && dataSet.Contains(DicomTags.SpecificCharacterSet)
            ? dataSet.CharacterSet
            : inherited;
        foreach (DicomElement element in dataSet)
        {
            if (declareUtf8 && element.Tag > DicomTags.SpecificCharacterSet)
            {
                _writer.Value(DicomTags.SpecificCharacterSet, DicomVr.CS, "ISO_IR 192"u8);
                declareUtf8 = false;
            }

            if (element.Tag.Group is not (0 or 2))
            {
                Element(element, characterSet);
            }
        }
    }

    private void Element(DicomElement element, CharacterSet characterSet)
    {
        if (element.IsSequence)
        {
            Sequence(element, characterSet);
        }
        else if (element.IsEncapsulated)
        {
            Fragments(element);
        }
        else if (!element.IsLoaded && places is not null)
        {
            places(element, _writer);
        }
        else if (!element.IsLoaded)
        {
            throw new InvalidOperationException($"The value of {element.Tag} was not kept when it was read.");
        }
        else
        {
            ReadOnlySpan<byte> value = element.Owned?.Text is { } text
                ? ElementText.Encode(element.Vr, text, characterSet)
                : element.Value.Span;
            _writer.Value(element.Tag, element.Vr, value);
        }
    }

    private void Sequence(DicomElement element, CharacterSet characterSet)
    {
        IReadOnlyList<DicomDataSet> items = element.Items;
        if (items.Count == 0)
        {
            _writer.Header(element.Tag, DicomVr.SQ, 0);
            return;
        }

        _writer.Header(element.Tag, DicomVr.SQ, ElementWriter.UndefinedLength);
        foreach (DicomDataSet item in items)
        {
            _writer.Marker(DicomTags.Item, ElementWriter.UndefinedLength);
            Level(item, characterSet, declareUtf8: false);
            _writer.Marker(DicomTags.ItemDelimitationItem, 0);
        }

        _writer.Marker(DicomTags.SequenceDelimitationItem, 0);
    }

    private void Fragments(DicomElement element)
    {
        _writer.Header(element.Tag, element.Vr == DicomVr.OW ? DicomVr.OW : DicomVr.OB, ElementWriter.UndefinedLength);
        foreach (ReadOnlyMemory<byte> fragment in element.Fragments)
        {
            _writer.Marker(DicomTags.Item, checked((uint)(fragment.Length + (fragment.Length & 1))));
            output.Write(fragment.Span);
            if ((fragment.Length & 1) != 0)
            {
                output.Write<byte>([0]);
            }
        }

        _writer.Marker(DicomTags.SequenceDelimitationItem, 0);
    }
}
