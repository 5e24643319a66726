namespace RecordHub.Server.Api;

/// <summary>What is sent in, or one of the files in an e-mail that is.</summary>
/// <param name="Name">The file's name; null for what was sent in itself.</param>
/// <param name="Content">Its bytes; null where they cannot be had.</param>
/// <param name="Trouble">What of it is missing; null when nothing is.</param>
internal sealed record MailFile(string? Name, Stream? Content, string? Trouble)
{
    /// <summary>The type only: a name may be a patient's.</summary>
    public override string ToString() => nameof(MailFile);
}
