namespace RecordHub.Server.Uploads;

/// <summary>The upload page in English.</summary>
internal static class UploadTextsEnglish
{
    public static UploadTexts Texts { get; } = new()
    {
        Language = "en",
        Title = "Send medical records",
        ForCase = "For case {0}",
        Lead = "Who gave you this link asked you for records. What you send goes to the people who work on this case. "
            + "Nothing that was sent can be read with this link.",
        Files = "Files",
        Folder = "Or a whole folder",
        FolderHint = "Of a CD or DVD with images choose the disc itself, with all that is on it.",
        Drop = "Or drag files and folders here",
        Send = "Send",
        What = "What may be sent",
        Kinds =
        [
            "Images in DICOM: X-ray, CT, MR, ultrasound and so on, from a CD, a DVD or a folder",
            "Letters, reports and findings: PDF, Word, RTF, text, e-mails with what is attached",
            "Photographs and scans: JPEG, PNG, TIFF",
            "Records of other systems: FHIR, C-CDA, HL7",
            "ZIP, tar and disc images (ISO) are opened; unpack others first, such as RAR and 7z",
        ],
        Limits = "Up to {0} files at a time, and {1} for each. The link works until {2} (UTC).",
        Sending = "Sending: {0} of {1} files",
        Counted = "{0} of {1} received",
        Nothing = "Choose at least one file first.",
        Failed = "Sending stopped: {0}",
        Again = "Send the rest again",
        Stay = "Leave this page open until all is sent.",
        Outcomes = "What became of your files",
        File = "File",
        Outcome = "Outcome",
        Received = "received",
        NotARecord = "not a record, not kept",
        Refused = "refused, not kept",
        More = "Send more",
        Kept = "What is received is stored safely, and need not be sent again.",
        NotRead = "This is not read here",
        HasDetails = true,
        Lost = "the connection was lost",
        Archive = "this kind of archive is not opened here: unpack it, and send the folder that comes out",
        TooLarge = "the file is larger than what is taken; ask who gave you the link for another way",
        Full = "there is no room for it now; send it again later, or tell who gave you the link",
        Away = "the service cannot store it now; send it again later",
        Broken = "it did not arrive whole; send it again",
        TooMany = "more files than are taken at a time; send this one and what comes after it apart",
        LinkFull = "this link takes no more; ask who gave it to you for a new one",
        NameTooLong = "its name is too long; rename it, and send it again",
        GoneTitle = "This link does not work",
        Gone = "It may be mistyped, too old, or withdrawn.",
        GoneAdvice = "Ask who gave you the link for a new one.",
        Trouble = "That did not work",
    };
}
