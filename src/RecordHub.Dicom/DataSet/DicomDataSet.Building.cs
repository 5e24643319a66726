using System.Globalization;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Encoding;

namespace RecordHub.Dicom.DataSet;

/// <content>Building. Adding a tag again replaces its element; each method gives the data set back.</content>
public sealed partial class DicomDataSet
{
    /// <summary>Text values; the representation is the dictionary's.</summary>
    /// <exception cref="ArgumentException">The element does not hold text.</exception>
    public DicomDataSet Add(DicomTag tag, params ReadOnlySpan<string> values) =>
        AddText(tag, DicomDictionary.VrOf(tag), string.Join('\\', values!));

    public DicomDataSet Add(DicomTag tag, Uid value) => AddText(tag, DicomVr.UI, value.ToString());

    /// <summary>Whole numbers, in the representation of the dictionary (US, SS, UL, SL, IS…).</summary>
    /// <exception cref="ArgumentException">The element does not hold numbers.</exception>
    public DicomDataSet Add(DicomTag tag, params ReadOnlySpan<int> values)
    {
        DicomVr vr = DicomDictionary.VrOf(tag);
        if (vr is DicomVr.IS or DicomVr.DS)
        {
            return AddText(tag, vr, Join(values, value => value.ToString(CultureInfo.InvariantCulture)));
        }

        try
        {
            return Add(tag, vr, ElementNumbers.Encode(vr, values));
        }
        catch (OverflowException)
        {
            throw new ArgumentOutOfRangeException(nameof(values), $"A number does not fit into {vr.Code()}.");
        }
    }

    /// <summary>Numbers, in the representation of the dictionary (DS, FL, FD).</summary>
    /// <exception cref="ArgumentException">The element does not hold numbers.</exception>
    public DicomDataSet Add(DicomTag tag, params ReadOnlySpan<double> values)
    {
        DicomVr vr = DicomDictionary.VrOf(tag);
        return vr == DicomVr.DS
            ? AddText(tag, vr, Join(values, ElementNumbers.ToDecimalString))
            : Add(tag, vr, ElementNumbers.Encode(vr, values));
    }

    /// <summary>Items; an item that belongs to another data set must be a copy.</summary>
    public DicomDataSet Add(DicomTag tag, params ReadOnlySpan<DicomDataSet> items)
    {
        List<DicomDataSet> list = [.. items];
        foreach (DicomDataSet item in list)
        {
            item.Parent = this;
        }

        return Put(new OwnedElement { Tag = tag, Vr = DicomVr.SQ, Items = list });
    }

    /// <summary>Text in a representation that the dictionary does not know, such as a private element's.</summary>
    public DicomDataSet AddText(DicomTag tag, DicomVr vr, string text)
    {
        if (!vr.IsText())
        {
            throw new ArgumentException($"{tag} is {vr.Code()}, which is no text.", nameof(vr));
        }

        return Put(new OwnedElement { Tag = tag, Vr = vr, Text = text });
    }

    /// <summary>Bytes as they are, numbers in little endian; an odd length is padded when written.</summary>
    public DicomDataSet Add(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value) =>
        Put(new OwnedElement { Tag = tag, Vr = vr, Value = value });

    /// <summary>Encapsulated data: the Basic Offset Table (which may be empty), then the fragments (PS3.5 §A.4).</summary>
    public DicomDataSet AddFragments(DicomTag tag, params ReadOnlySpan<ReadOnlyMemory<byte>> tableAndFragments) =>
        Put(new OwnedElement { Tag = tag, Vr = DicomVr.OB, Fragments = tableAndFragments.ToArray() });

    /// <summary>A copy of an element of any data set, decoded text included.</summary>
    public DicomDataSet Add(DicomElement element)
    {
        OwnedElement copy = element.Owned ?? new OwnedElement
        {
            Tag = element.Tag,
            Vr = element.Vr,
            Value = element.Value,
            Items = element.IsSequence ? [.. element.Items] : null,
            Fragments = element.IsEncapsulated ? element.Fragments : null,
            Place = element.Place,
        };
        return Put(copy);
    }

    /// <summary>Whether there was such an element.</summary>
    public bool Remove(DicomTag tag)
    {
        List<OwnedElement> owned = Own();
        int index = IndexOf(tag);
        if (index >= 0)
        {
            owned.RemoveAt(index);
        }

        return index >= 0;
    }

    // The character set must not be asked for its own bytes.
    internal ReadOnlyMemory<byte> Encode(OwnedElement element) =>
        element.Text is not { } text ? element.Value
        : ElementText.Encode(
            element.Vr, text,
            element.Vr.UsesCharacterSet() && element.Tag != DicomTags.SpecificCharacterSet ? CharacterSet : CharacterSet.Utf8);

    private static string Join<T>(ReadOnlySpan<T> values, Func<T, string> format)
    {
        string[] texts = new string[values.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = format(values[i]);
        }

        return string.Join('\\', texts);
    }

    private DicomDataSet Put(OwnedElement element)
    {
        List<OwnedElement> owned = Own();
        int index = IndexOf(element.Tag);
        if (index >= 0)
        {
            owned[index] = element;
        }
        else
        {
            owned.Insert(~index, element);
        }

        return this;
    }

    // The first change turns a view on a tape into elements of its own; nested items stay views until they change.
    private List<OwnedElement> Own()
    {
        if (_owned is null)
        {
            List<OwnedElement> owned = [];
            foreach (DicomElement element in this)
            {
                owned.Add(new OwnedElement
                {
                    Tag = element.Tag,
                    Vr = element.Vr,
                    Value = element.Value,
                    Items = element.IsSequence ? [.. element.Items] : null,
                    Fragments = element.IsEncapsulated ? element.Fragments : null,
                    Place = element.Place,
                });
            }

            _owned = owned;
            Tape = null;
            _characterSet = null;
        }

        return _owned;
    }
}
