using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RecordHub.Server.DicomWeb;

/// <summary>Writes multipart/related as it goes (RFC 2387, PS3.18 §8.6.1.2): no part is ever whole in memory.</summary>
internal sealed class MultipartRelated
{
    private readonly HttpResponse _response;
    private readonly string _boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private bool _hasParts;

    /// <param name="response">Gets status 200 and the content type at once.</param>
    /// <param name="type">The media type of the parts.</param>
    public MultipartRelated(HttpResponse response, string type)
    {
        _response = response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = $"multipart/related; type=\"{type}\"; boundary={_boundary}";
    }

    public async Task BeginPartAsync(string contentType, string? location, CancellationToken cancellationToken)
    {
        string place = location is null ? string.Empty : $"Content-Location: {location}\r\n";
        string start = _hasParts ? "\r\n" : string.Empty;
        _hasParts = true;
        await WriteAsync($"{start}--{_boundary}\r\nContent-Type: {contentType}\r\n{place}\r\n", cancellationToken);
    }

    public Task FinishAsync(CancellationToken cancellationToken) =>
        WriteAsync($"\r\n--{_boundary}--\r\n", cancellationToken);

    private async Task WriteAsync(string text, CancellationToken cancellationToken) =>
        await _response.Body.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
}
