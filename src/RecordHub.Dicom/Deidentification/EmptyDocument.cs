using System.Globalization;
using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>A document of the same kind that holds nothing.</summary>
internal static class EmptyDocument
{
    /// <summary>Null when there is no empty one of its kind.</summary>
    public static byte[]? For(DicomDataSet instance) =>
        instance.GetString(DicomTags.MIMETypeOfEncapsulatedDocument)?.ToUpperInvariant() switch
        {
            "APPLICATION/PDF" => Pdf(),
            "TEXT/XML" or "APPLICATION/XML" => "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>"u8.ToArray(),
            _ => null,
        };

    private static byte[] Pdf()
    {
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ];
        StringBuilder pdf = new("%PDF-1.4\n");
        List<int> offsets = [];
        for (int i = 0; i < objects.Length; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj{objects[i]}endobj\n");
        }

        int table = pdf.Length;
        pdf.Append("xref\n0 4\n0000000000 65535 f \n");
        foreach (int offset in offsets)
        {
            pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        pdf.Append(CultureInfo.InvariantCulture, $"trailer<</Size 4/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return System.Text.Encoding.ASCII.GetBytes(pdf.ToString());
    }
}
