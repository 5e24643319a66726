namespace RecordHub.Core.Uploads;

/// <summary>What became of the wish for an upload link.</summary>
public abstract record UploadLinkOutcome
{
    private UploadLinkOutcome()
    {
    }

    /// <summary>It was made; the secret is shown this once and kept nowhere.</summary>
    public sealed record Made(UploadLink Link, string Secret) : UploadLinkOutcome
    {
        /// <summary>The id only: the secret is never printed by accident.</summary>
        public override string ToString() => Link.Id;
    }

    /// <summary>It was not made, and why.</summary>
    public sealed record Refused(string Error, string Advice) : UploadLinkOutcome;

    /// <summary>There is no such case within the scope.</summary>
    public sealed record NotFound : UploadLinkOutcome;
}
