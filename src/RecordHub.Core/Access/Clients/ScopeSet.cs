using RecordHub.Core.Cases;

namespace RecordHub.Core.Access.Clients;

/// <summary>Scopes that belong together: those a client was registered with, or those of one access token.</summary>
public sealed class ScopeSet
{
    private const int MostCharacters = 16 * 1024;
    private const int MostScopes = 200;

    private ScopeSet(IReadOnlyList<ResourceScope> scopes) => Scopes = scopes;

    /// <summary>The scopes: each type and case once, and none that another one covers.</summary>
    public IReadOnlyList<ResourceScope> Scopes { get; }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Scopes.Count == 0;

    /// <summary>Whether all are for the same case, or all for none in particular: others cannot be kept apart.</summary>
    public bool IsOfOneCase => Scopes.Select(scope => scope.Case).Distinct().Count() <= 1;

    /// <summary>The only case that they are for; none when there is no such case.</summary>
    public CaseNumber Case => Scopes.Count == 0 ? default : Scopes[0].Case;

    /// <summary>Everything that is done with them.</summary>
    public ResourceAction Actions => Scopes.Aggregate(ResourceAction.None, static (all, scope) => all | scope.Actions);

    /// <summary>Reads scopes that are separated by spaces; gives those too that are none of ours.</summary>
    /// <param name="text">The scopes. Of a text that is too long none is read.</param>
    public static (ScopeSet Set, IReadOnlyList<string> Unknown) Parse(string text)
    {
        string[] words = text.Length > MostCharacters ? [] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<ResourceScope> scopes = [];
        List<string> unknown = [];
        foreach (string word in words)
        {
            if (scopes.Count < MostScopes && ResourceScope.TryParse(word, out ResourceScope scope))
            {
                scopes.Add(scope);
            }
            else
            {
                unknown.Add(word);
            }
        }

        return (Of(scopes), unknown);
    }

    /// <summary>What both allow.</summary>
    public ScopeSet Meet(ScopeSet other) => Of(
        Scopes.SelectMany(one => other.Scopes.Select(one.Meet)).OfType<ResourceScope>());

    /// <summary>The part that is about some actions.</summary>
    public ScopeSet Only(ResourceAction actions) => Of(Scopes
        .Select(scope => scope with { Actions = scope.Actions & actions }).Where(scope => scope.Actions != ResourceAction.None));

    /// <summary>Whether an action may be done with a type; with any at all when none is named.</summary>
    public bool Allows(ResourceAction action, string? type) =>
        Scopes.Any(scope => (scope.Actions & action) != 0 && (type is null || scope.Type is null || scope.Type == type));

    /// <summary>The types that an action may be done with; null is all of them.</summary>
    public IReadOnlyList<string>? TypesOf(ResourceAction action)
    {
        ResourceScope[] allowing = [.. Scopes.Where(scope => (scope.Actions & action) != 0)];
        return allowing.Any(scope => scope.Type is null) ? null : [.. allowing.Select(scope => scope.Type).OfType<string>().Distinct()];
    }

    /// <summary>As a token answer writes them.</summary>
    public override string ToString() => string.Join(' ', Scopes);

    private static ScopeSet Of(IEnumerable<ResourceScope> scopes)
    {
        ResourceScope[] merged =
        [
            .. scopes.GroupBy(scope => (scope.Type, scope.Case)).Select(group => new ResourceScope(
                group.Key.Type, group.Aggregate(ResourceAction.None, static (all, scope) => all | scope.Actions), group.Key.Case)),
        ];
        return new ScopeSet([.. merged.Where(scope => !merged.Any(other => Covers(other, scope)))]);
    }

    private static bool Covers(ResourceScope wide, ResourceScope narrow) =>
        wide != narrow && (wide.Type is null || wide.Type == narrow.Type) && (wide.Case.IsNone || wide.Case == narrow.Case)
        && (narrow.Actions & ~wide.Actions) == 0;
}
