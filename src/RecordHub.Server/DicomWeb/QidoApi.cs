using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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
                .Needs(Permission.ReadRecords);
        }
    }

    private async Task SearchAsync(HttpContext context, InstanceLevel level)
    {
        DicomWebCall call = new(context);
        if (!MediaRange.Of(context.Request).Any(range => !range.IsMultipart
            && (range.Takes(DicomJson.MediaType) || range.Takes("application/json"))))
        {
            throw new RefusedException(
                StatusCodes.Status406NotAcceptable, "not-supported", "Search answers come as application/dicom+json.");
        }

        QidoQuery query = QidoQuery.Read(context.Request.Query, options.Limits.QidoMatches);
        IReadOnlyList<InstanceMatch> matches = await instances.QueryAsync(
            new InstanceQuery
            {
                Level = level,
                Scope = call.Scope,
                Matches = [.. OfPath(call), .. query.Matches],
                FuzzyMatching = query.Fuzzy,
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

        if (matches.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = DicomJson.MediaType;
        await using Utf8JsonWriter json = new(context.Response.BodyWriter, s_writer);
        json.WriteStartArray();
        foreach (InstanceMatch match in matches.Take(query.Limit))
        {
            QidoMatchWriter.Write(
                json, level,
                withStudy: call.Study is null,
                withSeries: level == InstanceLevel.Series || (level == InstanceLevel.Instance && call.Series is null),
                match, query, call.Base);
        }

        json.WriteEndArray();
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
