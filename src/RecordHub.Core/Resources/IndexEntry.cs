namespace RecordHub.Core.Resources;

/// <summary>One value of one search parameter (R4 search.html). Unused members are null.</summary>
/// <param name="Parameter">The search parameter's code, such as <c>patient</c>.</param>
/// <param name="Kind">Which members are used.</param>
/// <param name="System">Token: the system, empty when none. Reference: the target type. Quantity: the unit's system.</param>
/// <param name="Value">
/// Token: the code. Reference: the target id, or the whole URL. String: folded text. URI: itself.
/// Quantity: the unit's code, or the unit.
/// </param>
/// <param name="Low">
/// Date: first instant covered, in Unix milliseconds. Number and quantity: the least value (<see cref="FhirNumbers"/>).
/// </param>
/// <param name="High">Date: last instant covered, in Unix milliseconds. Number and quantity: the greatest value.</param>
public readonly record struct IndexEntry(
    string Parameter, IndexKind Kind, string? System = null, string? Value = null, long? Low = null, long? High = null);
