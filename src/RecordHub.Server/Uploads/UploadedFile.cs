using RecordHub.Core.Intake;

namespace RecordHub.Server.Uploads;

/// <summary>
/// What an uploader hears of one file: that its bytes are kept, or why they are not. Never whose record it is, whether it was
/// known, or where it was filed.
/// </summary>
/// <param name="Path">The name that it was sent with.</param>
/// <param name="Outcome"><c>received</c>, <c>not-a-record</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it was not kept; null when it was.</param>
/// <param name="Item">SHA-256 of the bytes that are kept: a receipt that says nothing of others. Null when nothing was kept.</param>
public sealed record UploadedFile(string Path, string Outcome, string? Reason, string? Item)
{
    internal const string Received = "received";
    internal const string NotARecord = "not-a-record";
    internal const string RefusedWord = "refused";

    /// <summary>Whether it is kept.</summary>
    internal bool IsReceived => Outcome == Received;

    /// <summary>A file that was not kept.</summary>
    internal static UploadedFile Refused(string path, string reason) => new(path, RefusedWord, reason, null);

    /// <summary>What the intake said, in the words of the uploader. Pure.</summary>
    internal static UploadedFile Of(string path, IntakeOutcome outcome, UploadTexts texts) => outcome switch
    {
        IntakeOutcome.Accepted kept => new(path, Received, null, kept.Hash.ToString()),
        IntakeOutcome.AlreadyHeld kept => new(path, Received, null, kept.Hash.ToString()),
        IntakeOutcome.Conflicting kept => new(path, Received, null, kept.Hash.ToString()),
        IntakeOutcome.Ignored ignored => new(path, NotARecord, texts.HasDetails ? ignored.What : null, null),
        IntakeOutcome.Refused refused => Refused(path, ReasonOf(refused, texts)),
        _ => throw new InvalidOperationException("An outcome that the upload door does not know."),
    };

    private static string ReasonOf(IntakeOutcome.Refused refused, UploadTexts texts) => refused.Reason switch
    {
        RefusalReason.TooLarge => texts.TooLarge,
        RefusalReason.OutOfResources => texts.Full,
        RefusalReason.Unavailable => texts.Away,

        // What other doors advise is a command or a ZIP, which an uploader is no better off with.
        _ when refused.Detail.Contains(" is not opened", StringComparison.Ordinal) => texts.Archive,
        _ => texts.NotReadBecause(refused.Detail),
    };

    /// <summary>The type only: a name may be a patient's.</summary>
    public override string ToString() => nameof(UploadedFile);
}
