namespace RecordHub.Core.Identity;

/// <summary>Administrative sex or gender as records carry it.</summary>
public enum AdministrativeSex
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,

    /// <summary>Neither of the two.</summary>
    Other,
}
