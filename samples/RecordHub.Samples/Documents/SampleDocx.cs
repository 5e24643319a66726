using System.IO.Compression;
using System.Security;
using System.Text;

namespace RecordHub.Samples.Documents;

/// <summary>
/// A Word document of plain paragraphs (ECMA-376). Three parts are written by hand, because the libraries put the time and
/// random relationship names into the file.
/// </summary>
internal static class SampleDocx
{
    private const string Types =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
        """;

    private const string Relationships =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
        """;

    private static readonly DateTimeOffset s_timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Create(
        string title, SamplePatient patient, SampleHospital hospital, IReadOnlyList<string> paragraphs)
    {
        StringBuilder document = new(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
            + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
        foreach (string line in (string[])[hospital.Name, title, .. SampleHeader.Lines(patient, hospital), .. paragraphs])
        {
            document.Append("<w:p><w:r><w:t xml:space=\"preserve\">").Append(SecurityElement.Escape(line))
                .Append("</w:t></w:r></w:p>");
        }

        document.Append("</w:body></w:document>");
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(archive, "[Content_Types].xml", Types);
            Write(archive, "_rels/.rels", Relationships);
            Write(archive, "word/document.xml", document.ToString());
        }

        return stream.ToArray();
    }

    private static void Write(ZipArchive archive, string name, string content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = s_timestamp;
        using Stream stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
