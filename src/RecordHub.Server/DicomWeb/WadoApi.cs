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

namespace RecordHub.Server.DicomWeb;

/// <summary>WADO-RS: instances as files, and their headers from the index (PS3.18 §10.4). No pixels are transcoded.</summary>
internal sealed class WadoApi(IInstanceStore instances, IBlobStore blobs, ReadingLog readings)
{
    private static readonly string[] s_levels =
        ["/studies/{study}", "/studies/{study}/series/{series}", "/studies/{study}/series/{series}/instances/{instance}"];

    public void Map(IEndpointRouteBuilder web)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        foreach (string path in s_levels)
        {
            web.MapMethods(path, reading, RetrieveAsync).Needs(Permission.ReadRecords, ResourceAction.Read, "ImagingStudy");
            web.MapMethods(path + "/metadata", reading, MetadataAsync).Needs(Permission.ReadRecords, ResourceAction.Read, "ImagingStudy");
            web.MapMethods(path + "/rendered", reading, RefuseRendering).Needs(Permission.ReadRecords, ResourceAction.Read, "ImagingStudy");
            web.MapMethods(path + "/thumbnail", reading, RefuseRendering).Needs(Permission.ReadRecords, ResourceAction.Read, "ImagingStudy");
        }
    }

    private async Task RetrieveAsync(HttpContext context)
    {
        DicomWebCall call = new(context);
        InstanceRanges ranges = InstanceRanges.Of(MediaRange.Of(context.Request), isOne: call.Instance is not null);
        if (ranges.IsEmpty)
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported",
                "Accept multipart/related; type=\"application/dicom\"; transfer-syntax=*, or application/dicom for one instance.");
        }

        bool isPart = await LacksAnyAsync(call, ranges);
        await using IAsyncEnumerator<StoredInstance> found = Distinct(call, ranges).GetAsyncEnumerator(call.Aborted);
        if (!await found.MoveNextAsync())
        {
            throw await NothingAsync(call);
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        bool isHead = HttpMethods.IsHead(context.Request.Method);
        if (call.Instance is not null
            && ranges.Choose(found.Current.Facts.TransferSyntaxUid) is ({ IsMultipart: false, Type: not "*/*" }, { } asked))
        {
            OutgoingInstance one = await OutgoingInstance.OfAsync(blobs, found.Current, asked, call.Aborted);
            context.Response.ContentType = one.ContentType;
            context.Response.ContentLength = await one.LengthAsync(call.Aborted);
            if (!isHead)
            {
                await one.WriteAsync(static () => Task.CompletedTask, context.Response.Body, call.Aborted);
            }

            return;
        }

        MultipartRelated multipart = new(context.Response, InstanceRanges.Dicom);
        if (isPart)
        {
            // PS3.18 §8.5: some of what was asked for, and not all of it.
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.Append(
                HeaderNames.Warning,
                "299 RecordHub \"Some instances are stored in other transfer syntaxes, and nothing is compressed or "
                + "decompressed here: accept transfer-syntax=* for all.\"");
        }

        if (isHead)
        {
            return;
        }

        do
        {
            StoredInstance instance = found.Current;
            (_, string syntax) = ranges.Choose(instance.Facts.TransferSyntaxUid)!.Value;
            OutgoingInstance outgoing = await OutgoingInstance.OfAsync(blobs, instance, syntax, call.Aborted);
            await outgoing.WriteAsync(
                () => multipart.BeginPartAsync(outgoing.ContentType, UrlOf(call, instance), call.Aborted),
                context.Response.Body, call.Aborted);
        }
        while (await found.MoveNextAsync());
        await multipart.FinishAsync(call.Aborted);
    }

    // The status goes before everything else, and the standard has one for some of what was asked for.
    private async Task<bool> LacksAnyAsync(DicomWebCall call, InstanceRanges ranges)
    {
        if (call.Instance is not null || ranges.TakesAnything)
        {
            return false;
        }

        await foreach (StoredInstance instance in instances.RetrieveAsync(
            call.Study ?? string.Empty, call.Series, call.Instance, call.Scope, call.Aborted))
        {
            if (ranges.Choose(instance.Facts.TransferSyntaxUid) is null)
            {
                return true;
            }
        }

        return false;
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
            Distinct(call, ranges: null).GetAsyncEnumerator(call.Aborted);
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

    // The same instance in two cases that the token may see is one instance. With ranges, only what can be given in one of them.
    private async IAsyncEnumerable<StoredInstance> Distinct(DicomWebCall call, InstanceRanges? ranges)
    {
        (string Uid, ContentHash DataSet) last = default;
        await foreach (StoredInstance instance in instances.RetrieveAsync(
            call.Study ?? string.Empty, call.Series, call.Instance, call.Scope, call.Aborted))
        {
            bool given = ranges is null || ranges.Choose(instance.Facts.TransferSyntaxUid) is not null;
            if (given && last != (instance.Facts.SopInstanceUid, instance.DataSet))
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
                $"Stored as {instance.Facts.TransferSyntaxUid}, and nothing is compressed or decompressed here; accept transfer-syntax=*.");
        }

        return new RefusedException(
            StatusCodes.Status404NotFound, "not-found", "There is no such instance in the cases that this token may see.");
    }

    private static string UrlOf(DicomWebCall call, StoredInstance instance) =>
        $"{call.Base}/studies/{instance.Facts.StudyInstanceUid}/series/{instance.Facts.SeriesInstanceUid}"
        + $"/instances/{instance.Facts.SopInstanceUid}";
}
