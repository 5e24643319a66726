using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>
/// Writes a sealed version as a ZIP that needs no server: the Bundle, its images as DICOM files, its documents in their
/// own format, a page to read it by, and a manifest with the hash of each file.
/// </summary>
internal sealed class PackageExport
{
    // The same content gives the same ZIP.
    private static readonly DateTimeOffset s_timestamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _zip;
    private readonly List<(string Path, string Sha256, long Length)> _files = [];

    private PackageExport(ZipArchive zip) => _zip = zip;

    internal static async Task WriteAsync(
        PackageVersion version, CaseContent content, IBlobStore blobs, bool reconciled, Stream zip,
        CancellationToken cancellationToken)
    {
        WholeBlobs whole = new(blobs);
        await whole.CheckAsync(version.Digest, cancellationToken);
        byte[] bundle = new byte[version.Length];
        await using (Stream stream = await blobs.OpenAsync(version.Digest, 0, cancellationToken))
        {
            await stream.ReadExactlyAsync(bundle, cancellationToken);
        }

        using JsonDocument document = JsonDocument.Parse(bundle, new JsonDocumentOptions { MaxDepth = 300 });
        await using ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true);
        PackageExport export = new(archive);
        await export.AddAsync(PackageArchive.BundleName, new MemoryStream(bundle), version.Length, cancellationToken);
        PackageIndex index = new(version, document.RootElement);
        PackageExportImages images = new(blobs, whole, reconciled ? content.File.Patient : null, version.CreatedAt);
        foreach ((string path, Func<Stream, CancellationToken, Task> write) in images.Files(index, content))
        {
            await export.AddAsync(path, write, cancellationToken);
        }

        await export.AddDocumentsAsync(index, content, blobs, whole, cancellationToken);
        byte[] page = index.Write();
        await export.AddAsync(PackageArchive.IndexName, new MemoryStream(page), page.Length, cancellationToken);
        await export.AddManifestAsync(version, cancellationToken);
    }

    private async Task AddDocumentsAsync(
        PackageIndex index, CaseContent content, IBlobStore blobs, WholeBlobs whole, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredBinary> binaries = content.Binaries.ToDictionary(one => one.Id);
        int number = 0;
        foreach (PackageIndex.Attachment attachment in index.Attachments)
        {
            string path = Invariant($"DOCUMENTS/DOC{++number:D5}{ExtensionOf(attachment.ContentType)}");
            if (attachment.Data is { } data)
            {
                await AddAsync(path, new MemoryStream(data), data.Length, cancellationToken);
                attachment.Path = path;
            }
            else if (binaries.TryGetValue(attachment.BinaryId, out StoredBinary? binary))
            {
                await whole.CheckAsync(binary.Blob, cancellationToken);
                await using Stream file = await blobs.OpenAsync(binary.Blob, binary.Offset, cancellationToken);
                await AddAsync(path, file, binary.Length, cancellationToken);
                attachment.Path = path;
            }
        }
    }

    private Task AddAsync(string path, Stream content, long length, CancellationToken cancellationToken) => AddAsync(
        path,
        async (target, token) =>
        {
            byte[] buffer = new byte[81920];
            for (long left = length; left > 0;)
            {
                int read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), token);
                if (read == 0)
                {
                    throw new EndOfStreamException("A blob is shorter than its row says.");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), token);
                left -= read;
            }
        },
        cancellationToken);

    private async Task AddAsync(
        string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = s_timestamp;
        await using PackageExportStream target = new(await entry.OpenAsync(cancellationToken));
        await write(target, cancellationToken);
        _files.Add((path, target.Sha256(), target.Written));
    }

    private async Task AddManifestAsync(PackageVersion version, CancellationToken cancellationToken)
    {
        byte[] manifest = FhirJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("case", version.Case.ToString());
            writer.WriteNumber("version", version.Version);
            writer.WriteString("digest", version.Digest.ToString());
            writer.WriteStartArray("files");
            foreach ((string path, string sha256, long length) in _files)
            {
                writer.WriteStartObject();
                writer.WriteString("path", path);
                writer.WriteString("sha256", sha256);
                writer.WriteNumber("length", length);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        await AddAsync(PackageArchive.ManifestName, new MemoryStream(manifest), manifest.Length, cancellationToken);
    }

    private static string ExtensionOf(string contentType) => contentType.Split(';')[0].Trim() switch
    {
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "text/html" => ".html",
        "application/rtf" or "text/rtf" => ".rtf",
        "application/xml" or "text/xml" or "application/hl7-cda+xml" => ".xml",
        "application/fhir+json" or "application/json" => ".json",
        "application/msword" => ".doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => ".docx",
        "application/vnd.oasis.opendocument.text" => ".odt",
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        _ => ".bin",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
