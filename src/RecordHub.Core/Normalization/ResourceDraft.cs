namespace RecordHub.Core.Normalization;

/// <summary>
/// A FHIR resource not yet bound to a case: no <c>id</c>; it refers to the patient as
/// <see cref="Placeholder.Patient"/> and to its fellow drafts as <c>urn:recordhub:{Key}</c>.
/// </summary>
/// <param name="Type">The resource type.</param>
/// <param name="Key">Names the resource whatever the door and the order of arrival, from its content; the id is made of it and the case.</param>
/// <param name="Json">UTF-8 JSON.</param>
public sealed record ResourceDraft(string Type, string Key, ReadOnlyMemory<byte> Json)
{
    /// <summary>
    /// Whether it is named by all that it says, so that any number of items may say it: then it names none of them as its
    /// source, the Provenance of each does.
    /// </summary>
    public bool IsItsContent { get; init; }

    /// <summary>The type only: the resource names a patient.</summary>
    public override string ToString() => nameof(ResourceDraft);
}
