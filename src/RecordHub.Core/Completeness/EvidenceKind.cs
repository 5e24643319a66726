namespace RecordHub.Core.Completeness;

/// <summary>What it is known from whether a study is complete.</summary>
public enum EvidenceKind
{
    /// <summary>Numbers that the instances' headers state: (0020,1206), (0020,1208), (0020,1209), (0020,1002).</summary>
    HeaderCounts,

    /// <summary>Instance Number (0020,0013), where it leaves out numbers.</summary>
    InstanceNumbers,

    /// <summary>A list that was sent with the study: a key object selection, or an ImagingStudy resource.</summary>
    SenderList,

    /// <summary>What a sender asked to have committed.</summary>
    StorageCommitment,

    /// <summary>An association that is still open.</summary>
    OpenAssociation,

    /// <summary>When the last instance came.</summary>
    QuietTime,
}
