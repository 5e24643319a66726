using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>Frames and bulk data of an instance, as ranges of its stored file (PS3.18 §10.4.1.1.5, §10.4.1.1.6).</summary>
internal sealed class BulkApi(
    IInstanceStore instances, IBlobStore blobs, FragmentTables tables, ReadingLog readings)
{
    private const string Octets = "application/octet-stream";
    private const string Path = "/studies/{study}/series/{series}/instances/{instance}";
    private const int MostFrames = 10_000;

    private static readonly DicomTag s_document = new(0x0042, 0x0011);
    private static readonly DicomTag s_documentType = new(0x0042, 0x0012);

    public void Map(IEndpointRouteBuilder web)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        web.MapMethods(Path + "/frames/{frames}", reading, FramesAsync).Needs(Permission.ReadRecords);
        web.MapMethods(Path + "/bulkdata/{**element}", reading, BulkDataAsync).Needs(Permission.ReadRecords);
        web.MapMethods(Path + "/frames/{frames}/rendered", reading, RefuseRendering).Needs(Permission.ReadRecords);
    }

    private async Task<PixelDataLocation> PixelsOfAsync(
        StoredInstance instance, Stream blob, CancellationToken cancellationToken)
    {
        DicomHeader header = await DicomFile.ReadHeaderAsync(blob, cancellationToken);
        if (header.PixelData is not { } pixels || header.TransferSyntax.IsDeflated)
        {
            throw new RefusedException(
                StatusCodes.Status404NotFound, "not-found", "The instance has no frames that can be served; retrieve it whole.");
        }

        tables.Keep(instance.Blob, pixels);
        return pixels;
    }

    private async Task FramesAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        StoredInstance instance = await FindAsync(call);
        await using Stream blob = await blobs.OpenAsync(instance.Blob, 0, call.Aborted);
        PixelDataLocation pixels = tables.Find(instance.Blob) ?? await PixelsOfAsync(instance, blob, call.Aborted);
        int frames = instance.Facts.NumberOfFrames is > 0 and { } number ? number : 1;
        List<IReadOnlyList<PixelFragment>> places =
        [
            .. FrameNumbers(call.Route("frames")).Select(frame => FramePlaces.Find(pixels, frames, frame)
                ?? throw new RefusedException(
                    StatusCodes.Status404NotFound, "not-found", $"Frame {frame} of {frames} cannot be served.")),
        ];
        string type = FrameTypes.Of(instance.Facts.TransferSyntaxUid, pixels.IsEncapsulated);
        string stored = instance.Facts.TransferSyntaxUid;
        MediaRange[] accepted = [.. MediaRange.Of(context.Request).Where(range => FrameTypes.Fits(range, type, stored))];
        bool single = places.Count == 1 && accepted.Any(range => !range.IsMultipart && range.Type != "*/*");
        if (accepted.Length == 0)
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported",
                $"Frames are served as stored: accept multipart/related; type=\"{type}\"; transfer-syntax={stored}.");
        }

        string described = $"{type}; transfer-syntax={FrameTypes.TransferSyntaxOf(stored)}";
        context.Response.Headers.CacheControl = "private, no-cache";
        if (single)
        {
            context.Response.ContentType = described;
            context.Response.ContentLength = places[0].Sum(place => place.Length);
            await CopyAsync(blob, places[0], call);
            return;
        }

        MultipartRelated multipart = new(context.Response, type);
        foreach (IReadOnlyList<PixelFragment> place in places)
        {
            await multipart.BeginPartAsync(described, null, call.Aborted);
            await CopyAsync(blob, place, call);
        }

        await multipart.FinishAsync(call.Aborted);
    }

    private async Task BulkDataAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        StoredInstance instance = await FindAsync(call);
        await using Stream blob = await blobs.OpenAsync(instance.Blob, 0, call.Aborted);
        DicomHeader header = await DicomFile.ReadHeaderAsync(blob, call.Aborted);
        (Stream content, string type) = Locate(header, blob, call.Route("element")) ?? throw new RefusedException(
            StatusCodes.Status404NotFound, "not-found", "The instance has no such bulk data.");
        await using (content)
        {
            context.Response.Headers.CacheControl = "private, no-cache";
            context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            if (MediaRange.Of(context.Request) is [{ IsMultipart: true }, ..])
            {
                MultipartRelated multipart = new(context.Response, type);
                await multipart.BeginPartAsync(type, null, call.Aborted);
                await content.CopyToAsync(context.Response.Body, call.Aborted);
                await multipart.FinishAsync(call.Aborted);
                return;
            }

            await Results.Stream(content, type, enableRangeProcessing: true).ExecuteAsync(context);
        }
    }

    // The path of MetadataLinks: tags and item numbers, TAG/ITEM/TAG, items from 1.
    private static (Stream Content, string Type)? Locate(DicomHeader header, Stream blob, string path)
    {
        string[] steps = path.Split('/');
        DicomDataSet dataSet = header.DataSet;
        for (int i = 0; i + 2 < steps.Length; i += 2)
        {
            if (!DicomTag.TryParse(steps[i], out DicomTag sequence)
                || !int.TryParse(steps[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int item)
                || dataSet.GetSequence(sequence) is not { } items || item < 1 || item > items.Count)
            {
                return null;
            }

            dataSet = items[item - 1];
        }

        if (steps.Length % 2 == 0 || !DicomTag.TryParse(steps[^1], out DicomTag tag))
        {
            return null;
        }

        if (steps.Length == 1 && header.PixelData is { } pixels && pixels.Tag == tag)
        {
            return header.TransferSyntax.IsDeflated ? null : (new BlobRange(blob, pixels.Offset, pixels.Length), Octets);
        }

        if (!dataSet.TryGet(tag, out DicomElement element))
        {
            return null;
        }

        if (element.IsEncapsulated)
        {
            return (FrameOf(element), Octets);
        }

        string type = tag == s_document && dataSet.GetString(s_documentType) is { } declared
            && Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(declared, out _)
            ? declared
            : Octets;
        if (element.IsLoaded)
        {
            return (new MemoryStream(element.Value.ToArray(), writable: false), type);
        }

        return header.TransferSyntax.IsDeflated
            ? null
            : (new BlobRange(blob, element.ValueOffset, element.ValueLength), type);
    }

    // An icon's one frame: its fragments behind the offset table.
    private static MemoryStream FrameOf(DicomElement icon)
    {
        MemoryStream frame = new();
        foreach (ReadOnlyMemory<byte> fragment in icon.Fragments.Skip(1))
        {
            frame.Write(fragment.Span);
        }

        frame.Position = 0;
        return frame;
    }

    private static Task RefuseRendering(HttpContext context) => throw new RefusedException(
        StatusCodes.Status406NotAcceptable, "not-supported",
        "Rendered images are not made by this version; retrieve the frames as stored.");

    private async Task<StoredInstance> FindAsync(DicomWebCall call)
    {
        await foreach (StoredInstance instance in instances.RetrieveAsync(
            call.Study ?? string.Empty, call.Series, call.Instance, call.Scope, call.Aborted))
        {
            readings.Note(call.Caller, instance.Case, ReadingKind.Images);
            return instance;
        }

        throw new RefusedException(
            StatusCodes.Status404NotFound, "not-found", "There is no such instance in the cases that this token may see.");
    }

    private static IReadOnlyList<int> FrameNumbers(string list)
    {
        string[] texts = list.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return texts.Length is > 0 and <= MostFrames
            ? [.. texts.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int frame)
                ? frame
                : throw new RefusedException(
                    StatusCodes.Status400BadRequest, "invalid", "Frames are numbers from 1, separated by commas."))]
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "Name from one to 10000 frames.");
    }

    private static async Task CopyAsync(Stream blob, IReadOnlyList<PixelFragment> places, DicomWebCall call)
    {
        if (HttpMethods.IsHead(call.Context.Request.Method))
        {
            return;
        }

        foreach (PixelFragment place in places)
        {
            await RangeCopy.CopyAsync(blob, place.Offset, place.Length, call.Context.Response.Body, call.Aborted);
        }
    }
}
