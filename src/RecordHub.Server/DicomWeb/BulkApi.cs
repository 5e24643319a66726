using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Pixels;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>Frames and bulk data of an instance, as ranges of its stored file, uncompressed ones little endian (PS3.18 §10.4.1.1.5, §10.4.1.1.6).</summary>
internal sealed class BulkApi(
    IInstanceStore instances, IBlobStore blobs, FragmentTables tables, ReadingLog readings)
{
    private const string Path = "/studies/{study}/series/{series}/instances/{instance}";
    private const int MostFrames = 10_000;

    public void Map(IEndpointRouteBuilder web)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        web.MapMethods(Path + "/frames/{frames}", reading, FramesAsync).Needs(Permission.ReadRecords, ResourceAction.Read, "ImagingStudy");
        web.MapMethods(Path + "/bulkdata/{**element}", reading, BulkDataAsync)
            .Needs(Permission.ReadRecords, ResourceAction.Read, "ImagingStudy");
        web.MapMethods(Path + "/frames/{frames}/rendered", reading, RefuseRendering)
            .Needs(Permission.ReadRecords, ResourceAction.Read, "ImagingStudy");
    }

    // Where the pixels are, and of native ones the bits of a frame.
    private async Task<(PixelDataLocation Pixels, long? Bits)> PixelsOfAsync(
        StoredInstance instance, int frames, InstanceBytes bytes, CancellationToken cancellationToken)
    {
        if (tables.Find(instance.Blob) is { } kept)
        {
            return (kept, null);
        }

        DicomHeader? header = await bytes.ReadHeaderAsync(cancellationToken);
        if (header?.PixelData is not { } pixels)
        {
            throw new RefusedException(
                StatusCodes.Status404NotFound, "not-found", "The instance has no frames that can be served; retrieve it whole.");
        }

        if (!pixels.IsEncapsulated)
        {
            return (pixels, NativeFrames.BitsOf(header.DataSet));
        }

        if (!bytes.IsRewritten)
        {
            pixels = await FrameStarts.TellApartAsync(
                pixels, frames, instance.Facts.TransferSyntaxUid, bytes.Stream, cancellationToken);
        }

        tables.Keep(instance.Blob, pixels);
        return (pixels, null);
    }

    private async Task FramesAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        StoredInstance instance = await FindAsync(call);
        string stored = instance.Facts.TransferSyntaxUid;
        IReadOnlyList<MediaRange> ranges = MediaRange.Of(context.Request);
        bool staysBigEndian = FrameTypes.StaysBigEndian(ranges.Count > 0 ? ranges[0] : null, stored);
        await using InstanceBytes bytes = await InstanceBytes.OpenAsync(
            blobs, instance, InstanceBytes.MustBeRewritten(stored) && !staysBigEndian, call.Aborted);
        int frames = instance.Facts.NumberOfFrames is > 0 and { } number ? number : 1;
        (PixelDataLocation pixels, long? bits) = await PixelsOfAsync(instance, frames, bytes, call.Aborted);
        List<FramePlace> places =
        [
            .. FrameNumbers(call.Route("frames")).Select(frame => FramePlace.Find(pixels, bits, frames, frame)
                ?? throw new RefusedException(
                    StatusCodes.Status404NotFound, "not-found", $"Frame {frame} of {frames} cannot be served.")),
        ];
        string type = FrameTypes.Of(stored, pixels.IsEncapsulated);
        MediaRange[] accepted = [.. ranges.Where(range => FrameTypes.Fits(range, type, stored))];
        bool single = places.Count == 1 && accepted.Any(range => !range.IsMultipart && range.Type != "*/*");
        if (accepted.Length == 0)
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported",
                $"Frames are served as stored: accept multipart/related; type=\"{type}\"; transfer-syntax={stored}.");
        }

        string described = $"{type}; transfer-syntax={FrameTypes.TransferSyntaxOf(stored, staysBigEndian)}";
        context.Response.Headers.CacheControl = "private, no-cache";
        if (single)
        {
            context.Response.ContentType = described;
            context.Response.ContentLength = places[0].Length;
            await CopyAsync(bytes, places[0], call);
            return;
        }

        MultipartRelated multipart = new(context.Response, type);
        foreach (FramePlace place in places)
        {
            await multipart.BeginPartAsync(described, null, call.Aborted);
            await CopyAsync(bytes, place, call);
        }

        await multipart.FinishAsync(call.Aborted);
    }

    private async Task BulkDataAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        StoredInstance instance = await FindAsync(call);
        await using InstanceBytes bytes = await InstanceBytes.OpenAsync(
            blobs, instance, InstanceBytes.MustBeRewritten(instance.Facts.TransferSyntaxUid), call.Aborted);
        DicomHeader? header = await bytes.ReadHeaderAsync(call.Aborted);
        BulkValue value = (header is null ? null : BulkValue.Find(header, call.Route("element"))) ?? throw new RefusedException(
            StatusCodes.Status404NotFound, "not-found", "The instance has no such bulk data.");
        HttpResponse response = context.Response;
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        if (MediaRange.Of(context.Request) is [{ IsMultipart: true }, ..])
        {
            MultipartRelated multipart = new(response, value.Type);
            await multipart.BeginPartAsync(value.Type, null, call.Aborted);
            await value.CopyAsync(bytes, response.Body, call.Aborted);
            await multipart.FinishAsync(call.Aborted);
        }
        else if (value.SeekableOf(bytes) is { } content)
        {
            await using (content)
            {
                await Results.Stream(content, value.Type, enableRangeProcessing: true).ExecuteAsync(context);
            }
        }
        else
        {
            response.ContentType = value.Type;
            response.ContentLength = value.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await value.CopyAsync(bytes, response.Body, call.Aborted);
            }
        }
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

    private static Task CopyAsync(InstanceBytes bytes, FramePlace place, DicomWebCall call) =>
        HttpMethods.IsHead(call.Context.Request.Method)
            ? Task.CompletedTask
            : place.CopyAsync(bytes, call.Context.Response.Body, call.Aborted);
}
