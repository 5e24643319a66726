using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Binary: the bytes as they came unless FHIR is asked for by name (R4 binary.html §rest); flat memory.</summary>
internal sealed class BinaryApi(IResourceStore resources, IBlobStore blobs, ReadingLog readings)
{
    private const int Chunk = 48 * 1024;

    public void Map(IEndpointRouteBuilder fhir) =>
        fhir.MapMethods("/Binary/{id}", [HttpMethods.Get, HttpMethods.Head], ReadAsync)
            .Needs(Permission.ReadRecords, ResourceAction.Read, "Binary");

    /// <summary>One of them.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        bool asResource = FhirFormat.IsNamed(context.Request);
        if (!asResource)
        {
            // What a Binary is served as is not negotiated; a FHIR call would refuse Accept: application/pdf.
            context.Request.Headers.Accept = "*/*";
        }

        FhirCall call = new(context);
        StoredBinary? binary = await resources.FindBinaryAsync(call.Route("id"), call.Scope, call.Aborted);
        if (binary is null)
        {
            // It may be a resource that was sent as such.
            await FhirAnswer.SendAsync(call, FhirAnswer.OrRefused(
                await resources.ReadAsync("Binary", call.Route("id"), call.Scope, call.Aborted)));
            return;
        }

        readings.Note(call.Caller, binary.Case, ReadingKind.Records);
        BlobRange content = new(
            await blobs.OpenAsync(binary.Blob, binary.Offset, call.Aborted), binary.Offset, binary.Length);
        await using (content)
        {
            Harden(context.Response.Headers);
            await (asResource ? SendResourceAsync(call, binary, content) : SendBytesAsync(call, binary, content));
        }
    }

    // Received content is somebody else's: a browser may show it, but nothing in it runs in our name.
    private static void Harden(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        headers.CacheControl = "private, no-cache";
        headers.Append("Vary", "Accept, Authorization");
    }

    private static async Task SendBytesAsync(FhirCall call, StoredBinary binary, BlobRange content)
    {
        // Units that are not known are no range (RFC 9110 §14.2).
        IHeaderDictionary asked = call.Context.Request.Headers;
        if (asked.Range.Count > 0 && !asked.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            asked.Range = default;
        }

        EntityTagHeaderValue tag = new($"\"{binary.Blob.ToString()[..32]}-{binary.Offset}-{binary.Length}\"");
        await Results.Stream(content, binary.ContentType, entityTag: tag, enableRangeProcessing: true)
            .ExecuteAsync(call.Context);
        if (call.Context.Response is { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false })
        {
            await OperationOutcome.SendAsync(call.Context, StatusCodes.Status416RangeNotSatisfiable, new Issue(
                "error", "invalid", $"The range lies outside of the content, which has {binary.Length} bytes."));
        }
    }

    private static async Task SendResourceAsync(FhirCall call, StoredBinary binary, BlobRange content)
    {
        HttpResponse response = call.Context.Response;
        response.Headers.ETag = FhirAnswer.ETag(1);
        response.ContentType = call.IsXml ? OperationOutcome.Xml : OperationOutcome.Json;
        if (HttpMethods.IsHead(call.Context.Request.Method))
        {
            return;
        }

        string type = call.IsXml
            ? System.Security.SecurityElement.Escape(binary.ContentType)
            : JsonEncodedText.Encode(binary.ContentType).ToString();
        (string before, string after) = call.IsXml
            ? ($"<Binary xmlns=\"http://hl7.org/fhir\"><id value=\"{binary.Id}\"/><meta><versionId value=\"1\"/></meta>"
                + $"<contentType value=\"{type}\"/><data value=\"", "\"/></Binary>")
            : ($"{{\"resourceType\":\"Binary\",\"id\":\"{binary.Id}\",\"meta\":{{\"versionId\":\"1\"}},"
                + $"\"contentType\":\"{type}\",\"data\":\"", "\"}");
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(before), call.Aborted);
        await WriteBase64Async(content, response.Body, call.Aborted);
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(after), call.Aborted);
    }

    private static async Task WriteBase64Async(Stream content, Stream output, CancellationToken cancellationToken)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        byte[] text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(Chunk));
        try
        {
            int read;
            while ((read = await content.ReadAtLeastAsync(bytes.AsMemory(0, Chunk), Chunk, false, cancellationToken)) > 0)
            {
                // A chunk is a multiple of three bytes, so only the last one is padded.
                Base64.EncodeToUtf8(bytes.AsSpan(0, read), text, out _, out int written);
                await output.WriteAsync(text.AsMemory(0, written), cancellationToken);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<byte>.Shared.Return(text, clearArray: true);
        }
    }
}
