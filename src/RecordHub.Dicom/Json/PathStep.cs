using System.Globalization;
using System.Text;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Json;

/// <summary>A sequence and the number of an item in it, on the way to a nested value.</summary>
internal readonly record struct PathStep(uint Sequence, int Item)
{
    /// <summary>The path as options give it to the maker of links.</summary>
    public static string Join(ReadOnlySpan<PathStep> steps, uint tag)
    {
        if (steps.IsEmpty)
        {
            return new DicomTag(tag).ToHex();
        }

        StringBuilder path = new();
        foreach (PathStep step in steps)
        {
            path.Append(CultureInfo.InvariantCulture, $"{step.Sequence:X8}/{step.Item}/");
        }

        return path.Append(new DicomTag(tag).ToHex()).ToString();
    }
}
