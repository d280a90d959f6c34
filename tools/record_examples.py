"""An example for every field of the content files, shown in the manual's reference. Tests hold them valid."""

from __future__ import annotations

from collections.abc import Mapping

from kb_gen.model import Action, Category, Command, EventSource, Parameter, Product, Record, Reference, Step, Variant

__all__ = ["EXAMPLES"]

EXAMPLES: Mapping[type, Mapping[str, str]] = {
    Record: {
        "id": 'id: "1024"',
        "source": "source: MSExchangeTransport",
        "product": "product: exchange",
        "version": 'version: "14.0"',
        "symbolic_name": "symbolic_name: SmtpReceiveSendAsDeniedTempAuthFailure",
        "category": "category: SmtpReceive",
        "severity": "severity: error",
        "modified": "modified: 2011-03-19",
        "message": "message: SMTP rejected a mail from '%1' with '%2' connector.",
        "variants": "variants:\n  - version: \"15.0\"\n    message: SMTP rejected a mail from '%1' on '%2'.",
        "parameters": "parameters:\n  1:\n    name: sender address\n  2:\n    name: Receive connector",
        "summary": "summary: A message submitted over SMTP was refused, because the sender could not be checked.",
        "explanation": (
            "explanation: |\n"
            "  SMTP Receive could not process a message of the %1.\n"
            "\n"
            "  If what Active Directory has about the sender is invalid, the event is event:MSExchangeTransport/1025."
        ),
        "actions": (
            "actions:\n"
            "  - use: review-event-logs\n"
            "  - text: Check the permissions on the affected mailbox.\n"
            "    role: administrator"
        ),
        "related": "related:\n  - MSExchangeTransport/1025\n  - MSExchange ADAccess/2114",
        "references": "references:\n  - title: Understanding Transport Pipeline\n    url: https://example.com/pipeline",
        "context": "context: recipient side",
        "former": "former:\n  - MSExchange Transport/1024",
    },
    Variant: {
        "version": 'version: "15.0"',
        "message": "message: SMTP rejected a mail from '%1' with '%2' connector.",
    },
    Parameter: {
        "name": "name: sender address",
        "holds": "holds: The e-mail address that the user wanted to send as.",
        "example": "example: user1@tailspintoys.com",
    },
    Action: {"role": "role: administrator"},
    Step: {
        "text": "text: Turn on detailed logging for the %2.",
        "use": "use: review-event-logs",
        "commands": (
            'commands:\n  - shell: exchange\n    run: Set-ReceiveConnector "{%2}" -ProtocolLoggingLevel Verbose'
        ),
        "note": "note: The command records the SMTP conversations on the connector.",
        "steps": "steps:\n  - text: Wait until this event is logged again.\n  - text: Examine the SmtpReceive log.",
        "ordered": "ordered: false",
    },
    Command: {
        "shell": "shell: exchange",
        "run": 'run: Set-ReceiveConnector "{%2}" -ProtocolLoggingLevel Verbose',
    },
    Reference: {
        "title": "title: Understanding Transport Pipeline",
        "url": "url: https://example.com/pipeline",
        "note": "note: The way of a message through the transport servers.",
    },
    Product: {
        "name": "name: Exchange",
        "versions": 'versions:\n  "14.0": Exchange Server 2010\n  "15.0": Exchange Server 2013',
        "description": "description: Microsoft's server for mail and calendars.",
        "notice": "notice: What other web pages say is offered *as is*.",
        "sources": "sources:\n  MSExchangeTransport:\n    log: Application",
    },
    EventSource: {
        "description": "description: The service that receives and sends messages.",
        "syntax": "syntax: printf",
        "message_language": "message_language: en",
        "log": "log: Application",
        "address": "address: transport",
    },
    Category: {
        "title": "title: SMTP Receive",
        "description": "description: Accepting messages over SMTP, and checking or refusing them.",
    },
}
"""For each type, an example of each field that the type itself adds, as YAML."""
