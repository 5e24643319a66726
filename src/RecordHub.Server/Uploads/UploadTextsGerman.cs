namespace RecordHub.Server.Uploads;

/// <summary>The upload page in German.</summary>
internal static class UploadTextsGerman
{
    public static UploadTexts Texts { get; } = new()
    {
        Language = "de",
        Title = "Medizinische Unterlagen senden",
        ForCase = "Für Fall {0}",
        Lead = "Wer Ihnen diesen Link gegeben hat, bittet um Unterlagen. Was Sie senden, geht an die Menschen, die diesen Fall "
            + "bearbeiten. Mit diesem Link lässt sich nichts lesen, was gesendet wurde.",
        Files = "Dateien",
        Folder = "Oder ein ganzer Ordner",
        FolderHint = "Bei einer CD oder DVD mit Bildern wählen Sie die Disc selbst, mit allem, was darauf ist.",
        Drop = "Oder Dateien und Ordner hierher ziehen",
        Send = "Senden",
        What = "Was Sie senden können",
        Kinds =
        [
            "Bilder in DICOM: Röntgen, CT, MRT, Ultraschall und so weiter, von einer CD, einer DVD oder aus einem Ordner",
            "Briefe, Berichte und Befunde: PDF, Word, RTF, Text, E-Mails mit ihren Anhängen",
            "Fotos und Scans: JPEG, PNG, TIFF",
            "Unterlagen aus anderen Systemen: FHIR, C-CDA, HL7",
            "ZIP, tar und Abbilder von Discs (ISO) werden geöffnet; andere wie RAR und 7z bitte zuerst entpacken",
        ],
        Limits = "Bis zu {0} Dateien auf einmal und {1} je Datei. Der Link gilt bis {2} (UTC).",
        Sending = "Wird gesendet: {0} von {1} Dateien",
        Counted = "{0} von {1} empfangen",
        Nothing = "Wählen Sie zuerst mindestens eine Datei.",
        Failed = "Das Senden wurde unterbrochen: {0}",
        Again = "Den Rest noch einmal senden",
        Stay = "Lassen Sie diese Seite offen, bis alles gesendet ist.",
        Outcomes = "Was aus Ihren Dateien wurde",
        File = "Datei",
        Outcome = "Ergebnis",
        Received = "empfangen",
        NotARecord = "keine Unterlage, nicht behalten",
        Refused = "abgelehnt, nicht behalten",
        More = "Mehr senden",
        Kept = "Was empfangen wurde, ist sicher gespeichert und muss nicht noch einmal gesendet werden.",
        NotRead = "sie ist beschädigt, abgeschnitten oder von einer Art, "
            + "die hier nicht gelesen wird; senden Sie eine andere Kopie, oder den Inhalt als PDF",
        Lost = "die Verbindung ist abgebrochen",
        Archive = "Ein Archiv dieser Art wird hier nicht geöffnet: entpacken Sie es und senden Sie den entstandenen Ordner",
        TooLarge = "die Datei ist größer als erlaubt; fragen Sie, wer Ihnen den Link gegeben hat, nach einem anderen Weg",
        Full = "dafür ist gerade kein Platz; senden Sie sie später noch einmal, oder sagen Sie es dem, der Ihnen den Link gegeben hat",
        Away = "der Dienst kann sie gerade nicht speichern; senden Sie sie später noch einmal",
        Broken = "sie kam nicht ganz an; senden Sie sie noch einmal",
        TooMany = "mehr Dateien als auf einmal erlaubt; senden Sie diese und alle danach getrennt",
        LinkFull = "dieser Link nimmt nichts mehr an; bitten Sie um einen neuen",
        NameTooLong = "ihr Name ist zu lang; benennen Sie sie um und senden Sie sie noch einmal",
        GoneTitle = "Dieser Link funktioniert nicht",
        Gone = "Vielleicht ist er falsch geschrieben, zu alt oder zurückgezogen.",
        GoneAdvice = "Bitten Sie den, der Ihnen den Link gegeben hat, um einen neuen.",
        Trouble = "Das hat nicht geklappt",
    };
}
