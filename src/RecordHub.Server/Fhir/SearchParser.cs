using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Resources;
using RecordHub.Server.Hosting;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>Reads the parameters of a search. What is not understood is refused, or told when the client is lenient.</summary>
internal static class SearchParser
{
    /// <summary>Parameters of one request at most.</summary>
    private const int MostParameters = 100;

    /// <param name="types">The types to be searched; empty for all.</param>
    /// <param name="parameters">As the client sent them, unescaped.</param>
    /// <param name="lenient">Whether a parameter that is not understood is passed over.</param>
    /// <param name="limits">How large a page may be.</param>
    /// <param name="serviceBase">The service root; references that begin with it are our own.</param>
    /// <exception cref="RefusedException">A parameter is not understood, or its value is wrong (400).</exception>
    public static SearchRequest Read(
        IReadOnlyList<string> types, IReadOnlyList<KeyValuePair<string, string>> parameters, bool lenient,
        HttpLimits limits, string serviceBase)
    {
        if (parameters.Count > MostParameters)
        {
            throw Invalid("The search has too many parameters.", null);
        }

        SearchRequest search = new() { Types = types, Count = Math.Min(limits.FhirDefaultPageSize, limits.FhirPageSize) };
        List<ResourceFilter> filters = [];
        List<KeyValuePair<string, string>> used = [];
        List<Issue> ignored = [];
        foreach ((string name, string value) in parameters)
        {
            if (value.Length == 0 || name is "_format" or "_pretty")
            {
                continue;
            }

            try
            {
                search = name switch
                {
                    "_count" => search with { Count = Math.Min(Number(name, value), limits.FhirPageSize) },
                    "_total" => search with { WithTotal = Total(value) },
                    "_summary" => Summary(search, value),
                    "_elements" => search with { Subset = ResourceSubset.Elements(TypesIn(parameters, types), value), IsSummary = false },
                    "_sort" => search with { Sort = SearchSort.Read(TypesIn(parameters, types), value) },
                    "_type" when types.Count == 0 => search with { Types = TypesOf(value) },
                    _ when SearchIncludes.Are(name) => search with
                    {
                        Includes = [.. search.Includes, .. value.Split(',').Select(one => SearchIncludes.Read(TypesIn(parameters, types), name, one))],
                    },
                    _ => search,
                };
                if (!IsOfResult(name) && !(name == "_type" && types.Count == 0))
                {
                    filters.Add(Whole(types.Count == 1 ? types[0] : null, name, value, serviceBase));
                }

                used.Add(new(name, value));
            }
            catch (RefusedException refused) when (lenient)
            {
                ignored.Add(refused.Issue with { Severity = "warning" });
            }
        }

        // Whatever _count says beside it, in any order: a count has no entries (R4 search.html#summary).
        search = search.OnlyCount ? search with { Count = 0, WithTotal = true } : search;
        return search is { Subset: { } subset, Includes.Count: > 0 } && subset == ResourceSubset.Text
            ? throw Invalid("Nothing is included in a search with _summary=text.", "_summary")
            : search with { Filters = filters, Used = used, Ignored = ignored };
    }

    private static bool IsOfResult(string name) =>
        name is "_count" or "_total" or "_summary" or "_sort" or "_elements" || SearchIncludes.Are(name);

    // Of a search over types, whatever comes first in the address.
    private static IReadOnlyList<string> TypesIn(IReadOnlyList<KeyValuePair<string, string>> parameters, IReadOnlyList<string> types) =>
        types.Count > 0 ? types
        : parameters.FirstOrDefault(parameter => parameter.Key == "_type").Value is { Length: > 0 } named ? TypesOf(named) : [];

    // What is wrong with a part of a parameter is said of the parameter as it was sent.
    private static ResourceFilter Whole(string? type, string name, string value, string serviceBase)
    {
        try
        {
            return Filter(type, name, value, serviceBase);
        }
        catch (RefusedException refused) when (refused.Issue.Expression is { } of && of != "http.parameter." + name)
        {
            throw new RefusedException(refused.Status, refused.Issue.Code, refused.Message, "http.parameter." + name);
        }
    }

    private static ResourceFilter Filter(string? type, string name, string value, string serviceBase)
    {
        if (SearchHas.Is(name))
        {
            return SearchHas.Read(type, name, (referring, rest) => Filter(referring, rest, value, serviceBase));
        }

        if (!name.StartsWith('_') && name.Contains('.', StringComparison.Ordinal))
        {
            return SearchChains.Read(type, name, (target, rest) => Filter(target, rest, value, serviceBase));
        }

        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string code = colon < 0 ? name : name[..colon];
        string? modifier = colon < 0 ? null : name[(colon + 1)..];
        IndexKind kind = code switch
        {
            "_id" => IndexKind.Token,
            "_lastUpdated" => IndexKind.Date,
            _ => SearchParameterTable.Find(type ?? "Resource", code)?.Kind ?? throw Unknown(type, name),
        };
        if (kind == IndexKind.Composite)
        {
            return modifier is null
                ? SearchNumbers.Composite(type!, name, value, (part, one) => new ResourceFilter(
                    part, [SearchValues.Read(SearchParameterTable.Find(type!, part)!.Kind, name, null, one, serviceBase)]))
                : throw Invalid("No modifier is offered for a composite parameter.", name);
        }

        if (modifier == "missing")
        {
            return new ResourceFilter(code, [new FilterValue.Missing(value switch
            {
                "true" => true,
                "false" => false,
                _ => throw Invalid("The modifier :missing takes true or false.", name),
            })]);
        }

        // The index keeps the identifiers of references, and identifiers by their type, under names of their own.
        return new ResourceFilter(
            (kind, modifier) is (IndexKind.Reference, SearchValues.Identifier) or (IndexKind.Token, SearchValues.OfType) ? name : code,
            [.. SearchValues.Split(value).Select(one => SearchValues.Read(kind, name, modifier, one, serviceBase))])
        {
            IsNegated = modifier == SearchValues.Not,
        };
    }

    private static RefusedException Unknown(string? type, string name)
    {
        IEnumerable<string> known = SearchParameterTable.For(type ?? "Resource").Select(parameter => parameter.Code);
        return Invalid(
            $"The parameter is not known for {type ?? "all types"}; known are _id, _lastUpdated, {string.Join(", ", known)}.",
            name);
    }

    private static string[] TypesOf(string value)
    {
        string[] types = value.Split(',');
        return types.All(SearchParameterTable.IsResourceType)
            ? types
            : throw Invalid("The parameter _type takes R4 resource types, separated by commas.", "_type");
    }

    // However great: what is over the limit is the limit.
    private static int Number(string name, string value) =>
        value.Length < 40 && decimal.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out decimal number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw Invalid("The parameter takes a whole number.", name);

    private static bool Total(string value) => value switch
    {
        "none" => false,
        "estimate" or "accurate" => true,
        _ => throw Invalid("The parameter _total takes none, estimate or accurate.", "_total"),
    };

    private static SearchRequest Summary(SearchRequest search, string value) => value == "count"
        ? search with { OnlyCount = true }
        : ResourceSubset.Named(value) is { } subset ? search with { Subset = subset, IsSummary = true } : search;

    private static RefusedException Invalid(string diagnostics, string? parameter) =>
        new(StatusCodes.Status400BadRequest, "invalid", diagnostics,
            parameter is null ? null : "http.parameter." + parameter);
}
