namespace RecordHub.Server.Security;

/// <summary>What an endpoint needs. Which role has it stands in <see cref="RolePermissions"/> alone.</summary>
public enum Permission
{
    /// <summary>Reading what is in cases, by FHIR and DICOMweb, within the token's scope.</summary>
    ReadRecords,

    /// <summary>Sending records in, and hearing what became of what one sent.</summary>
    Submit,

    /// <summary>Making cases and seeing what is missing in them.</summary>
    ManageCases,

    /// <summary>Seeing and deciding what is held.</summary>
    ReviewInbox,

    /// <summary>Publishing packages.</summary>
    Publish,

    /// <summary>Making and revoking tokens.</summary>
    ManageTokens,

    /// <summary>Reading counts and measurements.</summary>
    Operate,

    /// <summary>Removing cases for good, and legal holds that keep them.</summary>
    Retain,
}
