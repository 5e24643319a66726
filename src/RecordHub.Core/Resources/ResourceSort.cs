namespace RecordHub.Core.Resources;

/// <summary>One key of the order of matches (R4 search.html §sort).</summary>
/// <param name="Parameter">
/// A search parameter of the kinds date, token, string, URI, number or quantity; or <c>_id</c>, <c>_lastUpdated</c>.
/// </param>
/// <param name="Kind">The parameter's kind.</param>
/// <param name="Descending">Whether the greatest come first. What has no value comes last in either direction.</param>
public sealed record ResourceSort(string Parameter, IndexKind Kind, bool Descending);
