using System.Text.Json.Serialization;

namespace RecordHub.Cli.Dicom;

/// <summary>What became of one file that was to be sent.</summary>
/// <param name="Path">The file; empty when it is in a store.</param>
/// <param name="SopInstanceUid">The instance; empty when the file is no DICOM.</param>
/// <param name="Status">The status as four hexadecimal digits; empty when there was no answer.</param>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Detail">What the peer said, or why it was not sent.</param>
internal sealed record SentInstance(
    string Path, string SopInstanceUid, string Status,
    [property: JsonConverter(typeof(JsonStringEnumConverter<SendOutcome>))] SendOutcome Outcome, string Detail)
{
    /// <summary>What messages call it.</summary>
    [JsonIgnore]
    public string Title => Path.Length > 0 ? Path : SopInstanceUid;

    /// <summary>What became of an instance that had no answer.</summary>
    public static SentInstance Of(OutgoingInstance instance, SendOutcome outcome, string detail) =>
        new(instance.Path, instance.SopInstance.ToString(), string.Empty, outcome, detail);

    /// <summary>Whether the peer has stored it.</summary>
    public bool Sent => Outcome is SendOutcome.Stored or SendOutcome.Warned or SendOutcome.StoredBefore;

    /// <summary>The type only: a path may name a patient.</summary>
    public override string ToString() => nameof(SentInstance);
}
