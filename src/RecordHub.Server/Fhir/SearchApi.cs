using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using RecordHub.Core.Access.Clients;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;
using RecordHub.Server.Security;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Search by GET and POST, and the operations that are searches (R4 http.html#search).</summary>
internal sealed class SearchApi(IResourceStore resources, RecordHubOptions options, PageCursor cursors, ReadingLog readings, ReviewTasks reviews)
{
    private const string Cursor = "_cursor";
    private const long MostFormBytes = 1 << 20;

    public void Map(IEndpointRouteBuilder fhir)
    {
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        fhir.MapMethods("/", reading, SearchSystemAsync).Needs(Permission.ReadRecords, ResourceAction.Search);
        fhir.MapPost("/_search", SearchSystemAsync).Needs(Permission.ReadRecords, ResourceAction.Search);
        fhir.MapMethods("/{type}", reading, SearchTypeAsync).Needs(Permission.ReadRecords, ResourceAction.Search);
        fhir.MapPost("/{type}/_search", SearchTypeAsync).Needs(Permission.ReadRecords, ResourceAction.Search);
        fhir.MapMethods("/Patient/{id}/$everything", [.. reading, HttpMethods.Post], EverythingAsync)
            .Needs(Permission.ReadRecords, ResourceAction.Search, "Patient");
        fhir.MapMethods("/DocumentReference/$docref", [.. reading, HttpMethods.Post], DocRefAsync)
            .Needs(Permission.ReadRecords, ResourceAction.Search, "DocumentReference");
    }

    /// <summary>A search over the types that it names.</summary>
    public Task SearchSystemAsync(HttpContext context) => SearchAsync(new FhirCall(context), null);

    /// <summary>A search of one type.</summary>
    public async Task SearchTypeAsync(HttpContext context)
    {
        FhirCall call = new(context);
        string type = call.Type();
        if (type != "Task" || !await reviews.TrySearchAsync(call))
        {
            await SearchAsync(call, type);
        }
    }

    private async Task SearchAsync(FhirCall call, string? type)
    {
        string path = type is null ? string.Empty : "/" + type;
        SearchRequest search = await ReadAsync(call, type is null ? [] : [type], path);
        if (search.Types.Count == 0)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "too-costly", "Name the types to be searched in _type.", "http.parameter._type");
        }

        await AnswerAsync(call, search, path, patientId: null);
    }

    /// <summary><c>Patient/$everything</c>.</summary>
    public async Task EverythingAsync(HttpContext context)
    {
        FhirCall call = new(context);
        string id = call.Route("id");
        FhirAnswer.OrRefused(await resources.ReadAsync("Patient", id, call.Scope, call.Aborted));
        string path = $"/Patient/{id}/$everything";
        SearchRequest search = await ReadAsync(call, [], path, OperationParameters.Everything);
        await AnswerAsync(call, search, path, id);
    }

    /// <summary><c>DocumentReference/$docref</c> (International Patient Access).</summary>
    public async Task DocRefAsync(HttpContext context)
    {
        FhirCall call = new(context);
        const string path = "/DocumentReference/$docref";
        SearchRequest search = await ReadAsync(call, ["DocumentReference"], path, OperationParameters.DocRef);
        await (search.Filters.Any(filter => filter.Parameter == "patient")
            ? AnswerAsync(call, search, path, patientId: null)
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "required", "Name the patient whose documents are asked for in patient.",
                "http.parameter.patient"));
    }

    private async Task<SearchRequest> ReadAsync(
        FhirCall call, IReadOnlyList<string> types, string path, OperationParameters? operation = null)
    {
        IReadOnlyList<KeyValuePair<string, string>> parameters = await ParametersAsync(call.Context, operation is not null);
        string? after = null;
        if (parameters.FirstOrDefault(parameter => parameter.Key == Cursor).Value is { } cursor)
        {
            (string query, string position) = cursors.Open(call.Case + path, cursor);
            parameters = Pairs(QueryHelpers.ParseQuery(query));
            after = position;
        }

        bool lenient = call.Prefers("handling=lenient");
        if (operation is null)
        {
            return SearchParser.Read(types, parameters, lenient, options.Limits, call.Base) with { After = after };
        }

        // The links are the operation's, in its own words.
        KeyValuePair<string, string>[] asked =
            [.. parameters.Where(parameter => parameter is { Key: not ("_format" or "_pretty"), Value.Length: > 0 })];
        return SearchParser.Read(types, operation.ToSearch(asked), lenient: false, options.Limits, call.Base) with
        {
            After = after,
            Used = asked,
        };
    }

    private async Task AnswerAsync(FhirCall call, SearchRequest search, string path, string? patientId)
    {
        ResourcePage page = await resources.SearchAsync(
            new ResourceQuery
            {
                Types = search.Types,
                Scope = call.Scope,
                Filters = search.Filters,
                PatientId = patientId,
                Sort = search.Sort,
                Includes = search.Includes,
                Count = search.Count,
                After = search.After,
                WithTotal = search.WithTotal,
            },
            call.Aborted);
        string query = QueryOf(search.Used);
        List<(string, string)> links = [("self", call.Base + path + (query.Length == 0 ? string.Empty : "?" + query))];
        if (page.Next is { } next && search.Count > 0)
        {
            links.Add(("next", $"{call.Base}{path}?{Cursor}={cursors.Seal(call.Case + path, query, next)}"));
        }

        using BundleWriter bundle = new("searchset", call.Base, page.Total, links.ToArray());
        foreach (ResourceVersion match in page.Matches)
        {
            readings.Note(call.Caller, match.Case, ReadingKind.Records);
            bundle.AddMatch(match, search.Subset);
        }

        foreach (ResourceVersion included in page.Included)
        {
            readings.Note(call.Caller, included.Case, ReadingKind.Records);
            bundle.AddIncluded(included, search.IsSummary ? search.Subset : null);
        }

        List<Issue> told = [.. search.Ignored];
        if (page.IsIncludeCut)
        {
            told.Add(new Issue(
                "warning", "incomplete",
                $"There is more to include with these matches than the {page.Included.Count} resources here: ask for smaller pages (_count)."));
        }

        if (told.Count > 0)
        {
            bundle.AddOutcome(told);
        }

        await FhirAnswer.SendAsync(call, bundle.Finish());
    }

    // In the order of the request; of a POST the body's after those of the address.
    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> ParametersAsync(
        HttpContext context, bool isOperation)
    {
        List<KeyValuePair<string, string>> parameters = [.. Pairs(QueryHelpers.ParseQuery(context.Request.QueryString.Value))];
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.ContentLength == 0
            || (context.Request.ContentLength is null && context.Request.ContentType is null))
        {
            return parameters;
        }

        if (isOperation && OperationInput.IsSentTo(context.Request))
        {
            parameters.AddRange(await OperationInput.ReadAsync(context));
            return parameters;
        }

        if (!context.Request.HasFormContentType
            || context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, "not-supported",
                isOperation
                    ? "Send a Parameters resource as application/fhir+json."
                    : "Send the parameters as application/x-www-form-urlencoded.");
        }

        FormReader form = new(context.Request.Body, Encoding.UTF8) { ValueLengthLimit = (int)MostFormBytes };
        parameters.AddRange(Pairs(await form.ReadFormAsync(context.RequestAborted)));
        return parameters;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Pairs(
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> values) =>
        [.. values.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? string.Empty)))];

    private static string QueryOf(IReadOnlyList<KeyValuePair<string, string>> parameters) => string.Join(
        '&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
}
