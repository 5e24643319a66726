using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>QIDO-RS: search for studies, series and instances (PS3.18 §10.6).</summary>
internal sealed class QidoApi(IInstanceStore instances, RecordHubOptions options)
{
    private static readonly JsonWriterOptions s_writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Map(IEndpointRouteBuilder web)
    {
        (string Path, InstanceLevel Level)[] routes =
        [
            ("/studies", InstanceLevel.Study),
            ("/series", InstanceLevel.Series),
            ("/instances", InstanceLevel.Instance),
            ("/studies/{study}/series", InstanceLevel.Series),
            ("/studies/{study}/instances", InstanceLevel.Instance),
            ("/studies/{study}/series/{series}/instances", InstanceLevel.Instance),
        ];
        foreach ((string path, InstanceLevel level) in routes)
        {
            web.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => SearchAsync(context, level))
                .Needs(Permission.ReadRecords, ResourceAction.Search, "ImagingStudy");
        }
    }

    private async Task SearchAsync(HttpContext context, InstanceLevel level)
    {
        DicomWebCall call = new(context);
        if (!XmlAnswer.TryChoose(context.Request, out bool asXml))
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported",
                "Search answers come as application/dicom+json, or multipart/related; type=\"application/dicom+xml\".");
        }

        QidoQuery query = QidoQuery.Read(context.Request.Query, options.Limits.QidoMatches);
        IReadOnlyList<InstanceMatch> matches = await instances.QueryAsync(
            new InstanceQuery
            {
                Level = level,
                Scope = call.Scope,
                Matches = [.. OfPath(call), .. query.Matches],
                FuzzyMatching = query.Fuzzy,
                CombinesDateAndTime = true,

                // What is in two of a token's cases has one address, and is retrieved as one.
                AcrossCases = call.Case.IsNone,
                Offset = query.Offset,
                Limit = query.Limit,
            },
            call.Aborted);
        bool hasMore = matches.Count > query.Limit;
        if (hasMore)
        {
            context.Response.Headers.Append(
                "Warning",
                "299 RecordHub \"There are more matches than were sent: ask again with a higher offset.\"");
        }

        if (query.Fuzzy && level == InstanceLevel.Study && query.Matches.All(match => match.Key != "PatientName"))
        {
            context.Response.Headers.Append("Warning", "299 RecordHub \"Only PatientName is matched fuzzily.\"");
        }

        foreach (string parameter in query.Unsupported)
        {
            context.Response.Headers.Append(
                "Warning",
                $"299 RecordHub \"The {parameter} parameter is not supported. Only literal matching has been performed.\"");
        }

        if (matches.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (asXml)
        {
            await WriteXmlAsync(call, context.Response, matches.Take(query.Limit), Write);
            return;
        }

        context.Response.ContentType = DicomJson.MediaType;
        await using Utf8JsonWriter json = new(context.Response.BodyWriter, s_writer);
        json.WriteStartArray();
        foreach (InstanceMatch match in matches.Take(query.Limit))
        {
            Write(json, match);
        }

        json.WriteEndArray();

        void Write(Utf8JsonWriter writer, InstanceMatch match) => QidoMatchWriter.Write(
            writer, level,
            withStudy: call.Study is null,
            withSeries: level == InstanceLevel.Series || (level == InstanceLevel.Instance && call.Series is null),
            match, query, call.Base);
    }

    private static async Task WriteXmlAsync(
        DicomWebCall call, HttpResponse response, IEnumerable<InstanceMatch> matches, Action<Utf8JsonWriter, InstanceMatch> write)
    {
        using XmlAnswer xml = new(response);
        ArrayBufferWriter<byte> buffer = new();
        await using Utf8JsonWriter json = new(buffer, s_writer);
        foreach (InstanceMatch match in matches)
        {
            write(json, match);
            await json.FlushAsync(call.Aborted);
            await xml.AddAsync(buffer.WrittenMemory, string.Empty, location: null, call.Aborted);
            buffer.ResetWrittenCount();
            json.Reset();
        }

        await xml.FinishAsync(call.Aborted);
    }

    private static List<KeyValuePair<string, string>> OfPath(DicomWebCall call)
    {
        List<KeyValuePair<string, string>> matches = [];
        if (call.Study is { } study)
        {
            matches.Add(new("StudyInstanceUID", study));
        }

        if (call.Series is { } series)
        {
            matches.Add(new("SeriesInstanceUID", series));
        }

        return matches;
    }
}
