namespace RecordHub.Server.Hosting;

/// <summary>The parts of the service that one process runs. Several processes share the work by having different ones.</summary>
[Flags]
public enum ServerRoles
{
    /// <summary>No door and no work: what a command needs that only reads and writes the store.</summary>
    None = 0,

    /// <summary>The DICOM listener.</summary>
    Dicom = 1,

    /// <summary>FHIR, DICOMweb, the JSON API and the pages.</summary>
    Api = 2,

    /// <summary>Filing what has come in.</summary>
    Worker = 4,

    /// <summary>Fetching from sites.</summary>
    Puller = 8,

    /// <summary>Everything in one process.</summary>
    All = Dicom | Api | Worker | Puller,
}
