using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.DataSet;

/// <summary>The values of one element of a text format (JSON, XML), before its representation is known.</summary>
internal sealed class ElementValues
{
    public List<string> Texts { get; } = [];

    public List<DicomDataSet> Items { get; } = [];

    public ReadOnlyMemory<byte>? Bytes { get; set; }

    /// <summary>Adds the element; false when the values cannot be of the representation.</summary>
    public bool TryAddTo(DicomDataSet dataSet, DicomTag tag, DicomVr vr)
    {
        if (tag == DicomTags.SpecificCharacterSet)
        {
            // The text of these formats is Unicode, whatever they say that it was (PS3.18 §F.2).
            dataSet.AddText(tag, DicomVr.CS, "ISO_IR 192");
            return Items.Count == 0 && Bytes is null;
        }

        if (vr == DicomVr.SQ)
        {
            dataSet.Add(tag, [.. Items]);
            return Texts.TrueForAll(text => text.Length == 0) && Bytes is null;
        }

        // An empty name is an empty object, which looks like an empty item.
        if (Items.Exists(item => vr != DicomVr.PN || item.Count > 0))
        {
            return false;
        }

        if (Bytes is { } bytes)
        {
            dataSet.Add(tag, vr, bytes);
            return Texts.Count == 0;
        }

        if (vr.IsText())
        {
            dataSet.AddText(tag, vr, string.Join('\\', Texts));
            return true;
        }

        if (vr.IsOpaque())
        {
            dataSet.Add(tag, vr, ReadOnlyMemory<byte>.Empty);
            return Texts.Count == 0;
        }

        bool encoded = TryEncode(vr, out byte[] value);
        dataSet.Add(tag, vr, value);
        return encoded;
    }

    private bool TryEncode(DicomVr vr, out byte[] value)
    {
        int unit = vr.UnitSize();
        value = new byte[Texts.Count * unit];
        for (int i = 0; i < Texts.Count; i++)
        {
            if (!ElementNumbers.TryEncode(vr, Texts[i], value.AsSpan(i * unit, unit)))
            {
                value = [];
                return false;
            }
        }

        return true;
    }
}
