using Microsoft.AspNetCore.Http;
using RecordHub.Dicom.Xml;

namespace RecordHub.Server.DicomWeb;

/// <summary>
/// Data sets in the Native DICOM Model, one in each part of multipart/related (PS3.18 §8.7.3.4); made from the DICOM JSON
/// Model one at a time.
/// </summary>
internal sealed class XmlAnswer(HttpResponse response) : IDisposable
{
    private const string MediaType = "application/dicom+xml";

    private readonly MultipartRelated _parts = new(response, MediaType);
    private readonly MemoryStream _document = new();

    /// <summary>Whether XML is what the client wants most of the two, and whether it takes any of them.</summary>
    public static bool TryChoose(HttpRequest request, out bool xml)
    {
        foreach (MediaRange range in MediaRange.Of(request))
        {
            xml = range.IsMultipart ? range.Takes(MediaType) : range.Type == MediaType;
            if (xml || (!range.IsMultipart && (range.Takes(DicomJson.MediaType) || range.Takes("application/json"))))
            {
                return true;
            }
        }

        xml = false;
        return false;
    }

    public async Task AddAsync(
        ReadOnlyMemory<byte> dicomJson, string bulkDataBase, string? location, CancellationToken cancellationToken)
    {
        _document.SetLength(0);
        DicomXmlWriter.Write(_document, dicomJson.Span, bulkDataBase);
        await _parts.BeginPartAsync(MediaType, location, cancellationToken);
        await response.Body.WriteAsync(_document.GetBuffer().AsMemory(0, (int)_document.Length), cancellationToken);
    }

    public Task FinishAsync(CancellationToken cancellationToken) => _parts.FinishAsync(cancellationToken);

    public void Dispose() => _document.Dispose();
}
