"""The steps that the tour takes one case through."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the walk: the table's operation, what is said, and the name of its picture.

    `choice` counts from the best proposal on: whom the step goes to.
    """

    operation: str
    picture: str
    opinion: str = ""
    outcome: str = ""
    choice: int = 0

    @property
    def button(self) -> str:
        """Object name of the step's button."""
        return "-".join(part for part in ("move", self.operation, self.outcome) if part)


STOPS = (
    Stop("sendVerify", "1-collect-send-verify", "请到现场核实灯杆是否倾斜。"),
    Stop("replyVerify", "1-collect-verified", "现场属实，灯杆倾斜。", "true"),
    Stop("accept", "2-file-accept", "核实属实，予以受理。"),
    Stop("file", "2-file-filed", "符合立案条件，立案。"),
    Stop("dispatch", "3-dispatch-wrong", "请于时限内修复，并上传处置后照片。", choice=1),
    Stop("refuseSign", "3-return-refused", "灯杆产权不属我单位，附产权说明。"),
    Stop("returnAudit", "3-return-agreed", "情况属实，同意退件，另行派遣。", "agreed"),
    Stop("dispatch", "3-dispatch", "请于时限内修复，并上传处置后照片。"),
    Stop("sign", "4-handle-sign", "已安排抢修班组。"),
    Stop("askExtension", "4-extension-asked", "灯杆配件须从外地调运，申请延期。"),
    Stop("auditExtension", "4-extension-granted", "情况属实，同意延期。", "approved"),
    Stop("feedback", "5-feedback", "灯杆已扶正加固。"),
    Stop("passFeedback", "5-feedback-passed", "反馈材料齐全，转核查。"),
    Stop("sendCheck", "6-check-send", "请现场核查。"),
    Stop("replyCheck", "6-check-undone", "灯杆扶正，但检修门未关。", "undone"),
    Stop("rework", "6-rework", "检修门未关，请返工。"),
    Stop("feedback", "6-rework-feedback", "检修门已锁闭。"),
    Stop("passFeedback", "6-rework-passed", "反馈材料齐全，转核查。"),
    Stop("sendCheck", "6-recheck-send", "请再次现场核查。"),
    Stop("replyCheck", "6-check-done", "现场核查，灯杆已扶正，检修门已锁闭。", "done"),
    Stop("close", "6-close", "核查通过，结案。"),
)
"""All seven steps, with one return, one extension and one rework on the way."""
