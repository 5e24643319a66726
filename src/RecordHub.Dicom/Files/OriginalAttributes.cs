using System.Globalization;
using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Files;

/// <summary>
/// Applies better values to a copy of an instance and writes down what stood there before, in the Original Attributes
/// Sequence (PS3.3 §C.12.1.1.9). Pure: the instance itself is never changed.
/// </summary>
public static class OriginalAttributes
{
    /// <summary>The changed copy; null when every value is there already.</summary>
    /// <param name="source">The instance.</param>
    /// <param name="values">What is to stand in it.</param>
    /// <param name="reason"><c>COERCE</c> or <c>CORRECT</c>.</param>
    /// <param name="system">Who changes it: Modifying System (0400,0563).</param>
    /// <param name="at">When: Attribute Modification DateTime (0400,0562).</param>
    public static DicomDataSet? Apply(
        DicomDataSet source, DicomDataSet values, string reason, string system, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(values);
        DicomElement[] changed = [.. values.Where(
            value => !source.GetStrings(value.Tag).SequenceEqual(values.GetStrings(value.Tag), StringComparer.Ordinal))];
        if (changed.Length == 0)
        {
            return null;
        }

        // A character set that does not have the new letters gives way to one that has all.
        bool wide = changed.Any(value => value.Vr.UsesCharacterSet()
            && !values.GetStrings(value.Tag).All(text => Ascii.IsValid(text)));
        DicomDataSet target = wide && !source.CharacterSet.IsUtf8 ? InUtf8(source, isItem: false) : Copy(source);
        DicomDataSet former = new();
        foreach (DicomElement value in changed)
        {
            if (target.TryGet(value.Tag, out DicomElement before))
            {
                former.Add(before);
            }
            else
            {
                former.Add(value.Tag, value.Vr, ReadOnlyMemory<byte>.Empty);
            }

            target.AddText(value.Tag, value.Vr, string.Join('\\', values.GetStrings(value.Tag)));
        }

        DicomDataSet note = new DicomDataSet()
            .Add(DicomTags.ModifiedAttributesSequence, former)
            .AddText(DicomTags.AttributeModificationDateTime, DicomVr.DT,
                at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "+0000")
            .Add(DicomTags.ModifyingSystem, system)
            .Add(DicomTags.SourceOfPreviousValues, DicomVr.LO, ReadOnlyMemory<byte>.Empty)
            .Add(DicomTags.ReasonForTheAttributeModification, reason);
        return target.Add(
            DicomTags.OriginalAttributesSequence, [.. target.GetSequence(DicomTags.OriginalAttributesSequence), note]);
    }

    private static DicomDataSet Copy(DicomDataSet source)
    {
        DicomDataSet copy = new();
        foreach (DicomElement element in source)
        {
            copy.Add(element);
        }

        return copy;
    }

    // As deep as the reader lets sequences nest. Text that was not kept stays as it is.
    private static DicomDataSet InUtf8(DicomDataSet source, bool isItem)
    {
        DicomDataSet copy = new();
        foreach (DicomElement element in source)
        {
            if (element.IsSequence)
            {
                copy.Add(element.Tag, [.. element.Items.Select(item => InUtf8(item, isItem: true))]);
            }
            else if (element.Vr.UsesCharacterSet() && element.IsLoaded && !element.IsEmpty)
            {
                copy.AddText(element.Tag, element.Vr, string.Join('\\', source.GetStrings(element.Tag)));
            }
            else if (!isItem || element.Tag != DicomTags.SpecificCharacterSet)
            {
                copy.Add(element);
            }
        }

        return isItem ? copy : copy.Add(DicomTags.SpecificCharacterSet, "ISO_IR 192");
    }
}
