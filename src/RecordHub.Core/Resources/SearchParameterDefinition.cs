namespace RecordHub.Core.Resources;

/// <summary>A search parameter of a resource type (R4 searchparameter-registry).</summary>
/// <param name="Code">Its name in a URL.</param>
/// <param name="Kind">How its values are kept and compared.</param>
/// <param name="Paths">
/// Where its values are, as element paths without the type; an array is walked through. <c>@Type</c> after a path keeps
/// references to that type only, <c>[system=x]</c> keeps elements with that value, <c>!exists</c> asks whether there is one.
/// </param>
public sealed record SearchParameterDefinition(string Code, IndexKind Kind, IReadOnlyList<string> Paths);
