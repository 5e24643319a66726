using System.Collections.Frozen;
using Hl7.Fhir.Model;

namespace RecordHub.Core.Resources;

/// <summary>Which types a search parameter of the kind reference may lead to (R4 searchparameter-registry).</summary>
public static class SearchTargets
{
    private static readonly Lazy<FrozenDictionary<(string Type, string Code), string[]>> s_targets = new(() => ModelInfo.SearchParameters
        .Where(parameter => parameter is { Resource: not null, Name: not null, Target.Length: > 0 })
        .GroupBy(parameter => (parameter.Resource!, parameter.Name!))
        .ToFrozenDictionary(
            group => group.Key,
            group => group.SelectMany(parameter => parameter.Target!).Select(target => target.ToString()).Distinct()
                .Where(SearchParameterTable.IsResourceType).Order(StringComparer.Ordinal).ToArray()));

    /// <summary>The types, in ordinal order; none when it is no such parameter, or may lead to any type.</summary>
    public static IReadOnlyList<string> Of(string type, string code) =>
        SearchParameterTable.Find(type, code) is not { Kind: IndexKind.Reference } parameter ? []
        : parameter.Paths.All(path => path.Contains('@', StringComparison.Ordinal))
            ? [.. parameter.Paths.Select(path => path[(path.LastIndexOf('@') + 1)..]).Distinct().Order(StringComparer.Ordinal)]
        : s_targets.Value.GetValueOrDefault((type, code)) ?? [];
}
