namespace RecordHub.Core.Inbox;

/// <summary>Held records of one study, or one record that is no image.</summary>
public sealed record InboxStudy
{
    /// <summary>The one that came first; it stands for the others.</summary>
    public required HeldRecord First { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>Why they are held, each reason once.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The type only: the record names a patient.</summary>
    public override string ToString() => nameof(InboxStudy);
}
