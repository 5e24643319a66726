using RecordHub.Core.Access;

namespace RecordHub.Core.Resources;

/// <summary>
/// The store of resources as a caller sees it who may see some types only (<see cref="AccessScope.Types"/>): no other type is
/// read, matched, given along, or looked at through a reference. Callers of all types go straight through.
/// </summary>
public sealed class ResourcesOfScope(IResourceStore inner) : IResourceStore
{
    private static readonly ResourcePage s_nothing = new([], 0, null);

    /// <inheritdoc />
    public Task<ResourceVersion?> ReadAsync(string type, string id, AccessScope scope, CancellationToken cancellationToken) =>
        scope.SeesType(type) ? inner.ReadAsync(type, id, scope, cancellationToken) : Task.FromResult<ResourceVersion?>(null);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> HistoryAsync(
        string type, string id, AccessScope scope, CancellationToken cancellationToken) =>
        scope.SeesType(type)
            ? inner.HistoryAsync(type, id, scope, cancellationToken) : Task.FromResult<IReadOnlyList<ResourceVersion>>([]);

    /// <inheritdoc />
    public Task<ResourcePage> SearchAsync(ResourceQuery query, CancellationToken cancellationToken) =>
        query.Scope.Types is not { } types ? inner.SearchAsync(query, cancellationToken)
            : Narrow(query, types) is { } narrowed ? inner.SearchAsync(narrowed, cancellationToken)
            : Task.FromResult(s_nothing);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> FindPatientsAsync(
        IReadOnlyList<string> keys, int count, AccessScope scope, CancellationToken cancellationToken) =>
        scope.SeesType("Patient")
            ? inner.FindPatientsAsync(keys, count, scope, cancellationToken) : Task.FromResult<IReadOnlyList<ResourceVersion>>([]);

    /// <inheritdoc />
    public Task<IReadOnlyList<ResourceVersion>> ListCaseAsync(Cases.CaseNumber number, CancellationToken cancellationToken) =>
        inner.ListCaseAsync(number, cancellationToken);

    /// <inheritdoc />
    public Task<StoredBinary?> FindBinaryAsync(string id, AccessScope scope, CancellationToken cancellationToken) =>
        scope.SeesType("Binary") ? inner.FindBinaryAsync(id, scope, cancellationToken) : Task.FromResult<StoredBinary?>(null);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredBinary>> ListBinariesAsync(Cases.CaseNumber number, CancellationToken cancellationToken) =>
        inner.ListBinariesAsync(number, cancellationToken);

    /// <summary>The part of a search that is about these types; null when there is none.</summary>
    internal static ResourceQuery? Narrow(ResourceQuery query, IReadOnlyList<string> types)
    {
        string[] searched = query.Types.Count == 0 ? [.. types] : [.. query.Types.Intersect(types)];
        ResourceFilter?[] filters = [.. query.Filters.Select(filter => Narrow(filter, types))];
        return searched.Length == 0 || filters.Contains(null) ? null : query with
        {
            Types = searched,
            Filters = [.. filters.OfType<ResourceFilter>()],
            Includes = [.. query.Includes.SelectMany(include => Narrow(include, types))],
        };
    }

    // A chain asks what another resource says; nothing matches by what the caller may not search.
    private static ResourceFilter? Narrow(ResourceFilter filter, IReadOnlyList<string> types)
    {
        if (filter.Chained is not { } chained)
        {
            return filter;
        }

        if (filter.ReferringType is { } referring && !types.Contains(referring))
        {
            return null;
        }

        string[] led = [.. filter.ChainedTypes.Intersect(types)];
        return led.Length > 0 && Narrow(chained, types) is { } rest ? filter with { Chained = rest, ChainedTypes = led } : null;
    }

    private static IEnumerable<ResourceInclude> Narrow(ResourceInclude include, IReadOnlyList<string> types)
    {
        if (include.IsReverse)
        {
            return types.Contains(include.Source) ? [include] : [];
        }

        // None are listed of a parameter that may lead to any type.
        IReadOnlyList<string> targets = include.Target is { } one ? [one] : SearchTargets.Of(include.Source, include.Parameter);
        return (targets.Count == 0 ? types : targets.Intersect(types)).Select(target => include with { Target = target });
    }
}
