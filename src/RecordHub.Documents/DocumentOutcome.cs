namespace RecordHub.Documents;

/// <summary>What reading a document came to. Sentences in it are fit to show to a person and hold no patient data.</summary>
public abstract record DocumentOutcome
{
    private DocumentOutcome()
    {
    }

    /// <summary>One document, or one per message of an HL7 v2 batch; never empty.</summary>
    public sealed record Read(IReadOnlyList<ExtractedDocument> Documents) : DocumentOutcome
    {
        public override string ToString() => nameof(Read);
    }

    /// <summary>A password is needed; ask the sender for a copy without one.</summary>
    public sealed record Encrypted(string Detail) : DocumentOutcome;

    /// <summary>Damaged or not what it says it is. <paramref name="Where"/> is a byte offset, page, line or XML position.</summary>
    public sealed record Unreadable(string Reason, string Where) : DocumentOutcome;

    /// <summary>A kind that we keep but do not read; <paramref name="WhatToDo"/> is advice for the sender.</summary>
    public sealed record Unsupported(string WhatToDo) : DocumentOutcome;

    /// <summary>Reading would cost more than allowed.</summary>
    public sealed record TooLarge(DocumentLimit Limit, string Detail) : DocumentOutcome;
}
