namespace RecordHub.Core.Access;

/// <summary>What a token's holder may do.</summary>
public enum Role
{
    /// <summary>Everything, tokens and operations included.</summary>
    Administrator,

    /// <summary>Cases, inbox, packages; all cases.</summary>
    Coordinator,

    /// <summary>Reads named cases.</summary>
    Specialist,

    /// <summary>Submits records; reads nothing back but the receipts.</summary>
    Referrer,

    /// <summary>An RSO front end: reads all cases by FHIR and DICOMweb, submits records, no inbox.</summary>
    Machine,
}
