using System.Text.Json.Serialization;

namespace RecordHub.Cli.Dicom;

/// <summary>What sending one instance came to.</summary>
internal enum SendOutcome
{
    /// <summary>The peer stored it: status 0000.</summary>
    [JsonStringEnumMemberName("stored")]
    Stored,

    /// <summary>The peer stored it and has a remark: a warning status.</summary>
    [JsonStringEnumMemberName("warned")]
    Warned,

    /// <summary>The journal says that the peer stored it before.</summary>
    [JsonStringEnumMemberName("stored-before")]
    StoredBefore,

    /// <summary>The peer refused it: a failure status.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>It was on its way when the association ended: the peer may have it or not.</summary>
    [JsonStringEnumMemberName("unanswered")]
    Unanswered,

    /// <summary>It was not sent.</summary>
    [JsonStringEnumMemberName("unsent")]
    Unsent,
}
