using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>WADO-RS: instances as files, and their headers from the index (PS3.18 §10.4). Nothing is transcoded.</summary>
internal sealed class WadoApi(IInstanceStore instances, IBlobStore blobs, ReadingLog readings)
{
    private const string Dicom = "application/dicom";

    private static readonly string[] s_levels =
        ["/studies/{study}", "/studies/{study}/series/{series}", "/studies/{study}/series/{series}/instances/{instance}"];

    public void Map(IEndpointRouteBuilder web)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        foreach (string path in s_levels)
        {
            web.MapMethods(path, reading, RetrieveAsync).Needs(Permission.ReadRecords);
            web.MapMethods(path + "/metadata", reading, MetadataAsync).Needs(Permission.ReadRecords);
            web.MapMethods(path + "/rendered", reading, RefuseRendering).Needs(Permission.ReadRecords);
            web.MapMethods(path + "/thumbnail", reading, RefuseRendering).Needs(Permission.ReadRecords);
        }
    }

    private async Task RetrieveAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        IReadOnlyList<MediaRange> accepted = [.. MediaRange.Of(context.Request).Where(range => range.Takes(Dicom))];
        MediaRange? range = accepted.FirstOrDefault(range => range.IsMultipart || range.Type == "*/*" || call.Instance is not null);
        if (range is null)
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported",
                "Accept multipart/related; type=\"application/dicom\"; transfer-syntax=*, or application/dicom for one instance.");
        }

        bool single = !range.IsMultipart && call.Instance is not null && range.Type != "*/*";
        await using IAsyncEnumerator<StoredInstance> found = Distinct(call, range).GetAsyncEnumerator(call.Aborted);
        if (!await found.MoveNextAsync())
        {
            throw await NothingAsync(call);
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        if (single)
        {
            context.Response.ContentType = $"{Dicom}; transfer-syntax={found.Current.Facts.TransferSyntaxUid}";
            context.Response.ContentLength = await ServedInstance.LengthAsync(blobs, found.Current, call.Aborted);
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await ServedInstance.WriteAsync(blobs, found.Current, context.Response.Body, call.Aborted);
            }

            return;
        }

        MultipartRelated multipart = new(context.Response, Dicom);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        do
        {
            StoredInstance instance = found.Current;
            await ServedInstance.WriteAsync(
                blobs, instance,
                () => multipart.BeginPartAsync(
                    $"{Dicom}; transfer-syntax={instance.Facts.TransferSyntaxUid}", UrlOf(call, instance), call.Aborted),
                context.Response.Body, call.Aborted);
        }
        while (await found.MoveNextAsync());
        await multipart.FinishAsync(call.Aborted);
    }

    private async Task MetadataAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        if (!XmlAnswer.TryChoose(context.Request, out bool asXml))
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported",
                "Metadata comes as application/dicom+json, or multipart/related; type=\"application/dicom+xml\".");
        }

        await using IAsyncEnumerator<StoredInstance> found =
            Distinct(call, new MediaRange(Dicom, false, null, 1)).GetAsyncEnumerator(call.Aborted);
        if (!await found.MoveNextAsync())
        {
            throw await NothingAsync(call);
        }

        HttpResponse response = context.Response;
        response.Headers.CacheControl = "private, no-cache";
        if (asXml)
        {
            using XmlAnswer xml = new(response);
            do
            {
                string url = UrlOf(call, found.Current);
                await xml.AddAsync(found.Current.Facts.Metadata, url + "/", url + "/metadata", call.Aborted);
            }
            while (await found.MoveNextAsync());
            await xml.FinishAsync(call.Aborted);
            return;
        }

        response.ContentType = DicomJson.MediaType;
        byte separator = (byte)'[';
        do
        {
            Span(response.BodyWriter, separator);
            MetadataLinks.Write(response.BodyWriter, found.Current.Facts.Metadata.Span, UrlOf(call, found.Current));
            await response.BodyWriter.FlushAsync(call.Aborted);
            separator = (byte)',';
        }
        while (await found.MoveNextAsync());
        Span(response.BodyWriter, (byte)']');
        await response.BodyWriter.FlushAsync(call.Aborted);

        static void Span(System.IO.Pipelines.PipeWriter output, byte value)
        {
            output.GetSpan(1)[0] = value;
            output.Advance(1);
        }
    }

    private static Task RefuseRendering(HttpContext context) => throw new RefusedException(
        StatusCodes.Status406NotAcceptable, "not-supported",
        "Rendered images are not made by this version; retrieve the instance or its frames as stored.");

    // The same instance in two cases that the token may see is one instance.
    private async IAsyncEnumerable<StoredInstance> Distinct(DicomWebCall call, MediaRange range)
    {
        (string Uid, ContentHash DataSet) last = default;
        await foreach (StoredInstance instance in instances.RetrieveAsync(
            call.Study ?? string.Empty, call.Series, call.Instance, call.Scope, call.Aborted))
        {
            bool asStored = range.TransferSyntax is null or "*" || range.TransferSyntax == instance.Facts.TransferSyntaxUid;
            if (asStored && last != (instance.Facts.SopInstanceUid, instance.DataSet))
            {
                last = (instance.Facts.SopInstanceUid, instance.DataSet);
                readings.Note(call.Caller, instance.Case, ReadingKind.Images);
                yield return instance;
            }
        }
    }

    private async Task<RefusedException> NothingAsync(DicomWebCall call)
    {
        await foreach (StoredInstance instance in instances.RetrieveAsync(
            call.Study ?? string.Empty, call.Series, call.Instance, call.Scope, call.Aborted))
        {
            return new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported",
                $"Instances are served as stored ({instance.Facts.TransferSyntaxUid}); accept transfer-syntax=*.");
        }

        return new RefusedException(
            StatusCodes.Status404NotFound, "not-found", "There is no such instance in the cases that this token may see.");
    }

    private static string UrlOf(DicomWebCall call, StoredInstance instance) =>
        $"{call.Base}/studies/{instance.Facts.StudyInstanceUid}/series/{instance.Facts.SeriesInstanceUid}"
        + $"/instances/{instance.Facts.SopInstanceUid}";
}
