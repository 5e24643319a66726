namespace RecordHub.Documents;

/// <summary>What a message says of identifiers that were the subject's under another number before (HL7 v2 MRG).</summary>
/// <param name="Event">The trigger event, such as A40.</param>
/// <param name="PriorIdentifiers">The identifiers that are given up; at least one.</param>
/// <param name="PriorNames">The names under which they were kept, where the message says them.</param>
public sealed record DocumentMerge(
    string Event, IReadOnlyList<SubjectIdentifier> PriorIdentifiers, IReadOnlyList<SubjectName> PriorNames)
{
    public override string ToString() => nameof(DocumentMerge);
}
