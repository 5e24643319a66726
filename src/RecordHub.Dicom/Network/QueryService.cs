namespace RecordHub.Dicom.Network;

/// <summary>The services of query and retrieve (PS3.4 Annex C).</summary>
public enum QueryService
{
    /// <summary>C-FIND.</summary>
    Find,

    /// <summary>C-MOVE.</summary>
    Move,

    /// <summary>C-GET.</summary>
    Get,
}
