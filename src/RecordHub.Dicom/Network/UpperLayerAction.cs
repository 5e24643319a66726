namespace RecordHub.Dicom.Network;

/// <summary>The actions of the upper layer (PS3.8 Tables 9-6 to 9-9), named as the standard names them.</summary>
internal enum UpperLayerAction
{
    /// <summary>Connect.</summary>
    Ae1,

    /// <summary>Send A-ASSOCIATE-RQ.</summary>
    Ae2,

    /// <summary>Tell the user: accepted.</summary>
    Ae3,

    /// <summary>Tell the user: rejected; close.</summary>
    Ae4,

    /// <summary>Connection accepted; start ARTIM.</summary>
    Ae5,

    /// <summary>Stop ARTIM; ask the user.</summary>
    Ae6,

    /// <summary>Send A-ASSOCIATE-AC.</summary>
    Ae7,

    /// <summary>Send A-ASSOCIATE-RJ; start ARTIM.</summary>
    Ae8,

    /// <summary>Send P-DATA-TF.</summary>
    Dt1,

    /// <summary>Tell the user: data.</summary>
    Dt2,

    /// <summary>Send A-RELEASE-RQ.</summary>
    Ar1,

    /// <summary>Tell the user: release wanted.</summary>
    Ar2,

    /// <summary>Tell the user: released; close.</summary>
    Ar3,

    /// <summary>Send A-RELEASE-RP; start ARTIM.</summary>
    Ar4,

    /// <summary>Stop ARTIM.</summary>
    Ar5,

    /// <summary>Tell the user: data, while waiting for release.</summary>
    Ar6,

    /// <summary>Send P-DATA-TF, while release is wanted.</summary>
    Ar7,

    /// <summary>Tell the user: release collision.</summary>
    Ar8,

    /// <summary>Send A-RELEASE-RP.</summary>
    Ar9,

    /// <summary>Tell the user: released.</summary>
    Ar10,

    /// <summary>Send A-ABORT; start ARTIM.</summary>
    Aa1,

    /// <summary>Stop ARTIM; close.</summary>
    Aa2,

    /// <summary>Tell the user: aborted; close.</summary>
    Aa3,

    /// <summary>Tell the user: aborted by the provider.</summary>
    Aa4,

    /// <summary>Stop ARTIM.</summary>
    Aa5,

    /// <summary>Ignore.</summary>
    Aa6,

    /// <summary>Send A-ABORT again.</summary>
    Aa7,

    /// <summary>Send A-ABORT, source provider; tell the user; start ARTIM.</summary>
    Aa8,
}
